import type { Context } from 'hono'
import { streamSSE } from 'hono/streaming'
import type { Deps } from '../deps.ts'
import type { Env } from '../env.ts'
import { tooMany } from '../limits/standing.ts'
import { makeOutlet, type Outlet } from './outlet.ts'

/** What a client that lost its connection may still hold is free by then. */
const leaveSeconds = 5

/** Answers with a stream, within what the user may have open. */
export function serveStream(
  c: Context<Env>,
  { limits, stopping }: Pick<Deps, 'limits' | 'stopping'>,
  follow: (outlet: Outlet) => Promise<void>,
) {
  // nobody would read it, and nothing would end it
  if (c.req.method === 'HEAD') return c.body(null, 200, { 'Content-Type': 'text/event-stream' })
  const leave = limits.streams.take(c.var.principal.id)
  if (leave === undefined) {
    throw tooMany(`You have ${limits.streams.most} streams open. Close one first.`, leaveSeconds)
  }
  c.header('X-Accel-Buffering', 'no') // a proxy in between must not collect
  return streamSSE(c, async (out) => {
    const outlet = makeOutlet(out, { stopping, cut: () => c.env.outgoing?.destroy() })
    // also where nothing more will come and nobody else would ring
    stopping?.addEventListener('abort', outlet.bell.ring)
    try {
      await follow(outlet)
    } finally {
      stopping?.removeEventListener('abort', outlet.bell.ring)
      leave()
    }
  })
}
