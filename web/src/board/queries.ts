import { queryOptions } from '@tanstack/react-query'
import { call, query } from '../http/client.ts'
import type { Board, BulkResult, Order, Page, SavedFilter } from '../http/contract.ts'
import type { BoardSearch } from './search.ts'

export const boardKey = ['board'] as const
/** Longer than this without an answer is worth a look. */
export const usualWait = 300

/** Read again when something happens to any order; now and then in any case, as waiting takes no event. */
export const boardQuery = (waitingLongerThan: number) =>
  queryOptions({
    queryKey: [...boardKey, waitingLongerThan] as const,
    queryFn: ({ signal }) => call<Board>(`/v1/admin/board${query({ waitingLongerThan })}`, { signal }),
    refetchInterval: 15_000,
  })

const filters = '/v1/admin/board/filters'
export const keepFilter = (name: string, filter: unknown): Promise<SavedFilter> =>
  call<SavedFilter>(filters, { method: 'POST', body: { name, filter } })
export const dropFilter = (id: string): Promise<void> => call(`${filters}/${id}`, { method: 'DELETE' })

/** The API takes no more at once. */
export const mostOrders = 100

/** The first of all that the view finds. */
export async function idsOf({ attention, customer, ...same }: BoardSearch): Promise<readonly string[]> {
  const filter = { ...same, cursor: undefined, needsAttention: attention, customerId: customer, limit: mostOrders }
  const { items } = await call<Page<Order>>(`/v1/orders${query(filter)}`)
  return items.map(({ id }) => id)
}

export type BulkAct =
  { readonly action: 'retry' | 'cancel' } | { readonly action: 'extend'; readonly deadlineAt: string }

/** What it would do; by the guards that decide. */
export const bulkPreviewQuery = (ids: readonly string[], act: BulkAct) =>
  queryOptions({
    queryKey: ['bulk-preview', ids, act] as const,
    queryFn: ({ signal }) =>
      call<BulkResult>('/v1/admin/orders/bulk', { method: 'POST', body: { ...act, ids, dryRun: true }, signal }),
    gcTime: 0,
    staleTime: Infinity,
    refetchOnWindowFocus: false,
  })

export const actOnMany = (ids: readonly string[], act: BulkAct, reason: string): Promise<BulkResult> =>
  call<BulkResult>('/v1/admin/orders/bulk', { method: 'POST', body: { ...act, ids, reason } })
