import { pauseMs, sleep } from './back-off.ts'
import { HttpProblem, isProblem } from './problem.ts'
import { makeSseParser, type ServerEvent } from './sse.ts'

export type Following = {
  /** Asks for the stream with these headers. */
  readonly open: (headers: Readonly<Record<string, string>>, signal: AbortSignal) => Promise<Response>
  /** Go on behind this event. */
  readonly after?: string | undefined
  readonly signal: AbortSignal
  readonly onOpen?: () => void
  /** After so many failures in a row: the reader may give up by a throw. */
  readonly onDrop?: (failures: number, problem: unknown) => void
}

/** The server sends a comment more often than this: silence means that the connection is dead. */
const silenceMs = 45_000

/**
 * Follows a stream of Server-Sent Events by fetch, as the browser's own EventSource can't send the access token. After
 * a drop it goes on behind the last event that came, so nothing is missed and nothing comes twice. Ends when it is
 * aborted.
 * @throws HttpProblem where the stream is refused: asking again would be answered the same.
 */
export async function* followStream(following: Following): AsyncGenerator<ServerEvent, void, undefined> {
  const { signal, onOpen, onDrop } = following
  let after = following.after
  let failures = 0
  const opened = (): void => {
    failures = 0
    onOpen?.()
  }
  while (!signal.aborted) {
    let problem: unknown
    try {
      for await (const event of readOnce({ ...following, after, onOpen: opened })) {
        after = event.id ?? after
        yield event
      }
    } catch (error) {
      if (isRefusal(error)) throw error
      failures += 1
      problem = error
    }
    if (signal.aborted) return
    onDrop?.(failures, problem)
    await sleep(pauseMs(Math.max(1, failures)), signal)
  }
}

/** One connection, until it ends or is cut. */
async function* readOnce({ open, after, signal: outer, onOpen }: Following): AsyncGenerator<ServerEvent> {
  const connection = new AbortController()
  const giveUp = (): void => connection.abort()
  let silence = setTimeout(giveUp, silenceMs)
  try {
    const headers = { Accept: 'text/event-stream', ...(after !== undefined && { 'Last-Event-ID': after }) }
    const response = await open(headers, AbortSignal.any([outer, connection.signal]))
    const isStream = response.headers.get('Content-Type')?.startsWith('text/event-stream') === true
    if (!isStream || response.body === null) throw new HttpProblem(404, 'no_stream', 'There is no stream here.')
    onOpen?.()
    const events: ServerEvent[] = []
    const feed = makeSseParser((event) => events.push(event))
    const text = new TextDecoder()
    const reader = response.body.getReader()
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      clearTimeout(silence)
      silence = setTimeout(giveUp, silenceMs)
      feed(text.decode(piece.value, { stream: true }))
      yield* events.splice(0)
    }
  } finally {
    // also where the reader has heard enough and leaves the connection open
    clearTimeout(silence)
    giveUp()
  }
}

const isRefusal = (error: unknown): boolean => isProblem(error) && [403, 404, 405].includes(error.status)
