import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { Order } from '../http/contract.ts'
import { timelineKey, timelineQuery } from '../orders/queries.ts'
import { isTimelineBehind } from './merge.ts'
import { returnsQuery } from './queries.ts'

/** The order's returns. Its stream tells only its own events, so what they change in the timeline is read from here. */
export function useReturns({ id, actions }: Order) {
  const client = useQueryClient()
  const isDelivered = actions.includes('return')
  const returns = useQuery({ ...returnsQuery(id), enabled: isDelivered })
  const { data } = returns
  const hasReturns = data !== undefined && data.length > 0
  useQuery({
    ...timelineQuery(id),
    enabled: hasReturns,
    refetchInterval: ({ state }) => (isTimelineBehind(state.data ?? [], data ?? []) ? 700 : false),
  })
  useEffect(() => {
    if (hasReturns) void client.invalidateQueries({ queryKey: timelineKey(id) })
  }, [client, id, hasReturns, data])
  return returns
}
