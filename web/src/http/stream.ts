import { pauseMs, sleep } from './back-off.ts'
import { authorized } from './client.ts'
import { HttpProblem, isProblem, problemOf } from './problem.ts'
import { makeSseParser, type ServerEvent } from './sse.ts'

export type StreamState = 'connecting' | 'live' | 'reconnecting' | 'failing'

export type StreamOptions = {
  readonly path: string
  readonly onEvent: (event: ServerEvent) => void
  readonly onState: (state: StreamState) => void
  readonly signal: AbortSignal
}

/** This often in a row without a connection, and readers are told to look for themselves meanwhile. */
const patience = 4
/** The server sends a comment more often than this: silence means that the connection is dead. */
const silenceMs = 45_000

/**
 * Follows a stream of Server-Sent Events by fetch, as the browser's own EventSource can't send the access token. After
 * a drop it goes on behind the last event that came, so nothing is missed and nothing comes twice.
 */
export async function followStream({ path, onEvent, onState, signal }: StreamOptions): Promise<void> {
  let lastId: string | undefined
  let failures = 0
  onState('connecting')
  while (!signal.aborted) {
    try {
      await readOnce(path, lastId, signal, {
        onOpen: () => {
          failures = 0
          onState('live')
        },
        onEvent: (event) => {
          lastId = event.id ?? lastId
          onEvent(event)
        },
      })
    } catch (error) {
      if (isRefusal(error)) return onState('failing')
      failures += 1
    }
    if (signal.aborted) return
    onState(failures >= patience ? 'failing' : 'reconnecting')
    await sleep(pauseMs(Math.max(1, failures)), signal)
  }
}

type Reading = { readonly onOpen: () => void; readonly onEvent: (event: ServerEvent) => void }

async function readOnce(path: string, lastId: string | undefined, outer: AbortSignal, reading: Reading): Promise<void> {
  const connection = new AbortController()
  const signal = AbortSignal.any([outer, connection.signal])
  const giveUp = (): void => connection.abort()
  let silence = setTimeout(giveUp, silenceMs)
  window.addEventListener('offline', giveUp)
  try {
    const headers = { Accept: 'text/event-stream', ...(lastId !== undefined && { 'Last-Event-ID': lastId }) }
    const response = await authorized(path, { headers, signal })
    if (!response.ok) throw await problemOf(response)
    const isStream = response.headers.get('Content-Type')?.startsWith('text/event-stream') === true
    if (!isStream || response.body === null) throw new HttpProblem(404, 'no_stream', 'There is no stream here.')
    reading.onOpen()
    const feed = makeSseParser(reading.onEvent)
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      clearTimeout(silence)
      silence = setTimeout(giveUp, silenceMs)
      feed(piece.value)
    }
  } finally {
    clearTimeout(silence)
    window.removeEventListener('offline', giveUp)
  }
}

/** Asking again would be answered the same. */
const isRefusal = (error: unknown): boolean =>
  isProblem(error) && (error.status === 403 || error.status === 404 || error.status === 405)
