import { type QueryClient, queryOptions } from '@tanstack/react-query'
import type { BoardSearch } from '../board/search.ts'
import { call, query } from '../http/client.ts'
import {
  type Cancellation,
  isOver,
  type Order,
  type Page,
  type Saga,
  type TimelineEntry,
  type Tracking,
} from '../http/contract.ts'

export const orderKey = (id: string) => ['orders', 'one', id] as const
export const sagaKey = (id: string) => ['orders', 'saga', id] as const
export const timelineKey = (id: string) => ['orders', 'timeline', id] as const

const path = (id: string): string => `/v1/orders/${encodeURIComponent(id)}`
export const streamPath = (id: string): string => `${path(id)}/stream`

export const orderQuery = (id: string) =>
  queryOptions({ queryKey: orderKey(id), queryFn: ({ signal }) => call<Order>(path(id), { signal }) })

export const sagaQuery = (id: string) =>
  queryOptions({ queryKey: sagaKey(id), queryFn: ({ signal }) => call<Saga>(`${path(id)}/saga`, { signal }) })

/** Read again with every event of the order; between them scans and losses come, which the order does not tell. */
export const trackingQuery = ({ id, version, status }: Order) =>
  queryOptions({
    queryKey: ['orders', 'tracking', id, version] as const,
    queryFn: ({ signal }) => call<Tracking>(`${path(id)}/tracking`, { signal }),
    placeholderData: (before: Tracking | undefined, of) => (of?.queryKey[2] === id ? before : undefined),
    refetchInterval: status === 'dispatched' ? 5_000 : false,
  })

/** What the stream told meanwhile stays: an answer may be older than it. */
export const timelineQuery = (id: string) =>
  queryOptions({
    queryKey: timelineKey(id),
    queryFn: async ({ signal, client }) => {
      const { items } = await call<Page<TimelineEntry>>(`${path(id)}/timeline`, { signal })
      return mergeEntries(client.getQueryData<readonly TimelineEntry[]>(timelineKey(id)) ?? [], items)
    },
  })

type Named = Pick<TimelineEntry, 'type' | 'sequence'>

export const isOfReturns = ({ type }: Pick<Named, 'type'>): boolean => type.startsWith('return.')
/** The sequence alone is not enough: the events of returns have one of their own. */
export const entryKey = (entry: Named): string => `${isOfReturns(entry) ? 'return' : 'order'}-${entry.sequence}`

const pageSize = 20

export const ordersQuery = ({ status, attention, customer, cursor, ...behind }: BoardSearch) =>
  queryOptions({
    queryKey: ['orders', 'list', { status, attention, customer, cursor, ...behind }] as const,
    queryFn: ({ signal }) => {
      const filter = { status, needsAttention: attention, customerId: customer, ...behind, cursor, limit: pageSize }
      return call<Page<Order>>(`/v1/orders${query(filter)}`, { signal })
    },
    // as long as something on the page moves
    refetchInterval: ({ state }) => (state.data?.items.some(({ status }) => !isOver(status)) === true ? 2_000 : 15_000),
  })

/** Each once: the order's own events by sequence, then those of its returns, which count from 1 again. */
export function mergeEntries(
  known: readonly TimelineEntry[],
  more: readonly TimelineEntry[],
): readonly TimelineEntry[] {
  const byKey = new Map([...known, ...more].map((entry) => [entryKey(entry), entry]))
  return [...byKey.values()].toSorted(
    (a, b) => Number(isOfReturns(a)) - Number(isOfReturns(b)) || a.sequence - b.sequence,
  )
}

/** What cancelling would do, by the guard that decides. */
export const cancellationQuery = (id: string) =>
  queryOptions({
    queryKey: ['cancellation', id] as const,
    queryFn: ({ signal }) => call<Cancellation>(`${path(id)}/cancellation`, { signal }),
    gcTime: 0,
  })

export const cancelOrder = (id: string, reason: string): Promise<Order> =>
  call<Order>(`${path(id)}/cancellation`, { method: 'POST', body: reason === '' ? {} : { reason } })

/** What the API answered, unless events were faster than the answer. */
export function showOrder(client: QueryClient, answer: Order): void {
  const known = client.getQueryData<Order>(orderKey(answer.id))
  if (known === undefined || known.version <= answer.version) client.setQueryData(orderKey(answer.id), answer)
}

export const payOtherwise = (id: string, paymentMethod: string): Promise<Order> =>
  call<Order>(`${path(id)}/payment-method`, { method: 'POST', body: { paymentMethod } })

export const shortId = (id: string): string => id.slice(0, 8)
