import type { SSEStreamingApi } from 'hono/streaming'
import { type Bell, makeBell } from './bell.ts'

const heartbeatMs = 15_000
/** Who takes nothing for so long is cut off, and may come again behind what it has. */
const slowMs = 30_000
/** As long as an access token lives: then the client comes again with a fresh one and resumes where it was. */
const longestMs = 10 * 60_000

type Options = {
  readonly stopping: AbortSignal | undefined
  /** Ends the connection under a reader that does not read. */
  readonly cut: () => void
}

export type Outlet = {
  readonly bell: Bell
  readonly isOpen: () => boolean
  /** Waits while the reader is not ready for more: nothing piles up here. */
  readonly send: (event: { readonly id: string; readonly event: string; readonly data: string }) => Promise<void>
  /** Waits for the bell, or so long; keeps the connection warm. @param mark says where a client can resume. */
  readonly idle: (ms?: number, mark?: () => string) => Promise<void>
}

/** What every stream does, whatever it tells: heartbeats, an end, and no patience with a reader that stands still. */
export function makeOutlet(out: SSEStreamingApi, { stopping, cut }: Options): Outlet {
  const end = Date.now() + longestMs
  const bell = makeBell()
  let beatAt = 0
  out.onAbort(bell.ring)

  async function within(writing: Promise<unknown>): Promise<void> {
    const timer = setTimeout(cut, slowMs)
    try {
      await writing
    } finally {
      clearTimeout(timer)
    }
  }

  const isOpen = () => !out.aborted && !out.closed && stopping?.aborted !== true && Date.now() < end

  return {
    bell,
    isOpen,
    send: (event) => within(out.writeSSE(event)),
    async idle(ms = heartbeatMs, mark) {
      if (!isOpen()) return
      if (Date.now() >= beatAt) {
        // an id without data is not shown to anybody, but remembered as the last one
        await within(out.write(mark === undefined ? ': \n\n' : `: \nid: ${mark()}\n\n`))
        beatAt = Date.now() + heartbeatMs
      }
      await bell.wait(Math.max(0, Math.min(ms, beatAt - Date.now(), end - Date.now())))
    },
  }
}
