import { queryOptions } from '@tanstack/react-query'
import type { OrderSearch } from '../app/search.ts'
import { call, query } from '../http/client.ts'
import { isOver, type Order, type Page, type Saga, type TimelineEntry } from '../http/contract.ts'

export const orderKey = (id: string) => ['orders', 'one', id] as const
export const sagaKey = (id: string) => ['orders', 'saga', id] as const
export const timelineKey = (id: string) => ['orders', 'timeline', id] as const

const path = (id: string): string => `/v1/orders/${encodeURIComponent(id)}`
export const streamPath = (id: string): string => `${path(id)}/stream`

export const orderQuery = (id: string) =>
  queryOptions({ queryKey: orderKey(id), queryFn: ({ signal }) => call<Order>(path(id), { signal }) })

export const sagaQuery = (id: string) =>
  queryOptions({ queryKey: sagaKey(id), queryFn: ({ signal }) => call<Saga>(`${path(id)}/saga`, { signal }) })

/** What the stream told meanwhile stays: an answer may be older than it. */
export const timelineQuery = (id: string) =>
  queryOptions({
    queryKey: timelineKey(id),
    queryFn: async ({ signal, client }) => {
      const { items } = await call<Page<TimelineEntry>>(`${path(id)}/timeline`, { signal })
      return mergeEntries(client.getQueryData<readonly TimelineEntry[]>(timelineKey(id)) ?? [], items)
    },
  })

const pageSize = 20

export const ordersQuery = ({ status, attention, customer, cursor }: OrderSearch) =>
  queryOptions({
    queryKey: ['orders', 'list', { status, attention, customer, cursor }] as const,
    queryFn: ({ signal }) => {
      const filter = { status, needsAttention: attention, customerId: customer, cursor, limit: pageSize }
      return call<Page<Order>>(`/v1/orders${query(filter)}`, { signal })
    },
    // as long as something on the page moves
    refetchInterval: ({ state }) => (state.data?.items.some(({ status }) => !isOver(status)) === true ? 2_000 : 15_000),
  })

/** By sequence, each once. */
export function mergeEntries(
  known: readonly TimelineEntry[],
  more: readonly TimelineEntry[],
): readonly TimelineEntry[] {
  const bySequence = new Map([...known, ...more].map((entry) => [entry.sequence, entry]))
  return [...bySequence.values()].toSorted((a, b) => a.sequence - b.sequence)
}

export const cancelOrder = (id: string, reason: string): Promise<Order> =>
  call<Order>(`${path(id)}/cancellation`, { method: 'POST', body: reason === '' ? {} : { reason } })

export const shortId = (id: string): string => id.slice(0, 8)
