import { keepPreviousData, type QueryClient, queryOptions } from '@tanstack/react-query'
import type { ReturnSearch } from '../app/search.ts'
import { call, query } from '../http/client.ts'
import { isReturnOver, type Money, type Page, type Return, type ReturnOfOrder } from '../http/contract.ts'
import { postOnce } from '../http/once.ts'
import { timelineKey } from '../orders/queries.ts'
import { mergeReturns } from './merge.ts'

const returnsKey = (orderId: string) => ['orders', 'returns', orderId] as const
const path = (orderId: string): string => `/v1/orders/${encodeURIComponent(orderId)}`
const adminPath = (orderId: string): string => `/v1/admin/orders/${encodeURIComponent(orderId)}`

/** Read again often while goods and money move, seldom while a person has to do something, not at all once over. */
export const returnsQuery = (orderId: string) =>
  queryOptions({
    queryKey: returnsKey(orderId),
    queryFn: async ({ signal, client }) => {
      const { items } = await call<Page<Return>>(`${path(orderId)}/returns`, { signal })
      return mergeReturns(client.getQueryData<readonly Return[]>(returnsKey(orderId)) ?? [], items)
    },
    refetchInterval: ({ state: { data = [] } }) => {
      if (data.some(({ status, needsAttention }) => status === 'received' && !needsAttention)) return 1_000
      return data.some(({ status }) => !isReturnOver(status)) ? 5_000 : false
    },
  })

/** What the API answered, shown at once: its list may be a moment behind. */
export function showReturn(client: QueryClient, orderId: string, answer: Return): void {
  client.setQueryData<readonly Return[]>(returnsKey(orderId), (known = []) => mergeReturns(known, [answer]))
  void client.invalidateQueries({ queryKey: allReturnsKey })
}

/** After a refusal: somebody else was faster. */
export const readReturnsAgain = (client: QueryClient, orderId: string): Promise<unknown> =>
  Promise.all([
    client.invalidateQueries({ queryKey: returnsKey(orderId) }),
    client.invalidateQueries({ queryKey: timelineKey(orderId) }),
  ])

export type NewReturn = { readonly lines: Return['lines']; readonly reason: string }
export const requestReturn = (orderId: string, body: NewReturn, key: string): Promise<Return> =>
  postOnce<Return>(`${path(orderId)}/returns`, body, key)

export type NewRefund = { readonly amount: Money; readonly reason: string }
export const payBack = (orderId: string, body: NewRefund, key: string): Promise<Return> =>
  postOnce<Return>(`${adminPath(orderId)}/refunds`, body, key)

/** What staff do about a return. */
export type Deed = 'approve' | 'decline' | 'receive' | 'retry'

export function decide(orderId: string, number: number, deed: Deed, note: string): Promise<Return> {
  const given = note.trim() === '' ? {} : { note: note.trim() }
  const [end, body] =
    deed === 'receive'
      ? ['receipt', given]
      : deed === 'retry'
        ? ['resolutions', { action: 'retry', note: note.trim() }]
        : ['approval', { approve: deed === 'approve', ...given }]
  return call<Return>(`${adminPath(orderId)}/returns/${number}/${end}`, { method: 'POST', body })
}

const allReturnsKey = ['returns', 'list'] as const
const pageSize = 20

/** Of all orders, for staff. */
export const allReturnsQuery = ({ status, cursor }: ReturnSearch) =>
  queryOptions({
    queryKey: [...allReturnsKey, { status, cursor }] as const,
    queryFn: ({ signal }) =>
      call<Page<ReturnOfOrder>>(`/v1/admin/returns${query({ status, cursor, limit: pageSize })}`, { signal }),
    placeholderData: keepPreviousData,
    refetchInterval: 5_000,
  })
