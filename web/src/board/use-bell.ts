import { useDocumentVisibility } from '@mantine/hooks'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { followStream } from '../http/stream.ts'
import { boardKey } from './queries.ts'

const pauseMs = 1_000

/** Counts and list are read again when something happens to any order, once a second at most. */
export function useBell(): void {
  const client = useQueryClient()
  // a browser has few connections to one host: a page that nobody sees holds none
  const isSeen = useDocumentVisibility() !== 'hidden'
  useEffect(() => {
    if (!isSeen) return undefined
    const stop = new AbortController()
    let timer: number | undefined
    const read = (): void => {
      timer = undefined
      void client.invalidateQueries({ queryKey: boardKey })
      void client.invalidateQueries({ queryKey: ['orders', 'list'] })
    }
    void followStream({
      path: '/v1/orders/stream',
      signal: stop.signal,
      onState: () => undefined,
      onEvent: () => {
        timer ??= window.setTimeout(read, pauseMs)
      },
    })
    return () => {
      stop.abort()
      window.clearTimeout(timer)
    }
  }, [client, isSeen])
}
