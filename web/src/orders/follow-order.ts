import type { QueryClient } from '@tanstack/react-query'
import { sleep } from '../http/back-off.ts'
import type { TimelineEntry } from '../http/contract.ts'
import { followStream, type StreamState } from '../http/stream.ts'
import { isOfReturns, mergeEntries, orderQuery, sagaQuery, streamPath, timelineKey } from './queries.ts'

type Options = {
  readonly client: QueryClient
  readonly id: string
  readonly signal: AbortSignal
  readonly onState: (state: StreamState) => void
}

const pauseMs = 120

/**
 * Keeps what is known of one order at what its events say. The stream may be ahead of the order's document, so that is
 * read until it has the newest event in it.
 */
export function followOrder({ client, id, signal, onState }: Options): Promise<void> {
  let newest = 0
  let known = 0
  let isReading = false

  async function catchUp(): Promise<void> {
    if (isReading) return
    isReading = true
    try {
      while (!signal.aborted && known < newest) {
        const order = await client.fetchQuery({ ...orderQuery(id), staleTime: 0, retry: false })
        known = order.version
        if (known < newest) await sleep(pauseMs, signal)
        else await client.fetchQuery({ ...sagaQuery(id), staleTime: 0, retry: false })
      }
    } finally {
      isReading = false
    }
  }
  /** What fails now is read with the next event, or when the connection is back. */
  const read = (): void => void catchUp().catch(() => undefined)

  return followStream({
    path: streamPath(id),
    signal,
    onState: (state) => {
      onState(state)
      if (state === 'live') {
        known = 0
        read()
      }
    },
    onEvent: ({ data }) => {
      // eslint-disable-next-line typescript/no-unsafe-type-assertion -- the API's contract is the type's proof
      const entry = JSON.parse(data) as TimelineEntry
      client.setQueryData<readonly TimelineEntry[]>(timelineKey(id), (entries = []) => mergeEntries(entries, [entry]))
      // the order's version counts its own events only
      if (!isOfReturns(entry)) newest = Math.max(newest, entry.sequence)
      read()
    },
  })
}
