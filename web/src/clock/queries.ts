import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { call } from '../http/client.ts'
import type { Clock } from '../http/contract.ts'

type Standing = {
  /** How many events are known: with each the clock is read again. */
  readonly events: number
  readonly isMoving: boolean
}

/** Calls, history and acts come without an event too: read again after a while, and once more when all is over. */
export const clockQuery = (id: string, { events, isMoving }: Standing) =>
  queryOptions({
    queryKey: ['orders', 'clock', id, { events, isMoving }] as const,
    queryFn: ({ signal }) => call<Clock>(`/v1/admin/orders/${encodeURIComponent(id)}/clock`, { signal }),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (isMoving ? 5_000 : state.dataUpdateCount < 2 && 1_500),
  })
