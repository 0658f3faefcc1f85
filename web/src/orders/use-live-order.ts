import { useDocumentVisibility } from '@mantine/hooks'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { isOver } from '../http/contract.ts'
import type { StreamState } from '../http/stream.ts'
import { followOrder } from './follow-order.ts'
import { orderQuery, sagaQuery, timelineQuery } from './queries.ts'

export type Connection = StreamState | 'over'

/** The order, its saga and its timeline, moving as events arrive: by the stream, or every second where there is none. */
export function useLiveOrder(id: string) {
  const client = useQueryClient()
  // a browser has few connections to one host: a page that nobody sees holds none
  const isSeen = useDocumentVisibility() !== 'hidden'
  const [connection, setConnection] = useState<StreamState>('connecting')
  const every = connection === 'failing' ? 1000 : false
  const polling = { refetchInterval: every, staleTime: 2_000 } as const
  const order = useQuery({ ...orderQuery(id), ...polling })
  const isMoving = order.data !== undefined && !isOver(order.data.status)
  const options = { ...polling, refetchInterval: isMoving && every }
  const saga = useQuery({ ...sagaQuery(id), ...options })
  const timeline = useQuery({ ...timelineQuery(id), ...options })

  useEffect(() => {
    if (!isMoving || !isSeen) return undefined
    const stop = new AbortController()
    void followOrder({
      client,
      id,
      signal: stop.signal,
      onState: (state) => {
        if (!stop.signal.aborted) setConnection(state)
      },
    })
    return () => {
      stop.abort()
      // whatever the last event changed
      void client.invalidateQueries({ queryKey: sagaQuery(id).queryKey })
      void client.invalidateQueries({ queryKey: timelineQuery(id).queryKey })
    }
  }, [client, id, isMoving, isSeen])

  return { order, saga, timeline, connection: isMoving ? connection : ('over' as const) }
}

/** The same for several orders on one page, which can't each hold a connection. */
export function useWatchedOrder(id: string) {
  const order = useQuery({
    ...orderQuery(id),
    refetchInterval: ({ state }) => (state.data && isOver(state.data.status) ? false : 700),
  })
  const isMoving = order.data !== undefined && !isOver(order.data.status)
  const timeline = useQuery({ ...timelineQuery(id), staleTime: 0, refetchInterval: isMoving ? 700 : false })
  const { refetch } = timeline
  useEffect(() => {
    if (!isMoving) void refetch()
  }, [isMoving, refetch])
  return { order: order.data, timeline: timeline.data ?? [] }
}
