import { once } from 'node:events'
import { Agent, createServer, type IncomingMessage, request as ask, type ServerResponse } from 'node:http'
import { repeatUntil } from '../../platform/repeating.ts'
import { lookAt, type Says, usableOf } from './ready.ts'

export type Front = {
  readonly url: string
  /** To these, too. Resolves when it has looked who is ready. */
  readonly leadTo: (urls: readonly string[]) => Promise<void>
  /** How many of them it sends to now. */
  readonly usable: () => number
  readonly requests: () => number
  /** Requests that got no answer or one of 500 and above, each in one line. */
  readonly failed: () => readonly string[]
  readonly close: () => Promise<void>
}

const lookEveryMs = 500

/** A load balancer that knows one thing of the processes behind it: who says of itself that it is ready. Nothing is tried twice. */
export async function openFront(): Promise<Front> {
  const agent = new Agent({ keepAlive: true })
  const closing = new AbortController()
  const failed: string[] = []
  const says = new Map<string, Says>()
  const looking: Promise<void>[] = []
  let usable: readonly string[] = []
  let requests = 0

  async function look(url: string): Promise<void> {
    says.set(url, await lookAt(url))
    usable = usableOf(says)
  }

  /** At each by itself: one that is slow to say anything must not keep us from noticing that another leaves. */
  const keepLooking = (url: string): Promise<void> =>
    repeatUntil(closing.signal, {
      everyMs: lookEveryMs,
      work: () => look(url),
      onFailure: () => says.set(url, 'nothing'),
    })

  const server = createServer({ keepAliveTimeout: 65_000 }, (from, to) => {
    requests += 1
    const target = usable[requests % Math.max(usable.length, 1)]
    const what = `${from.method} ${from.url}`
    if (target === undefined) return refuse(to, what, 'nobody is ready')
    return pass(from, to, target, what)
  })

  function refuse(to: ServerResponse, what: string, why: string): void {
    failed.push(`${what}: ${why}`)
    if (to.headersSent) to.destroy()
    else to.writeHead(502, { 'Content-Type': 'text/plain' }).end(why)
  }

  function pass(from: IncomingMessage, to: ServerResponse, target: string, what: string): void {
    let hungUp = false
    const broken = (error: Error) => (hungUp ? undefined : refuse(to, what, `${target}: ${error.message}`))
    const forward = { method: from.method, headers: from.headers, agent }
    const out = ask(new URL(from.url ?? '/', target), forward, (got) => {
      const { statusCode: status = 502, headers } = got
      if (status >= 500) failed.push(`${what}: ${status} of ${target}`)
      const { connection: _connection, 'keep-alive': _keepAlive, ...kept } = headers
      to.writeHead(status, kept).flushHeaders()
      got.on('error', broken).pipe(to)
    })
    out.on('error', broken)
    to.on('close', () => {
      hungUp = !to.writableFinished
      if (hungUp) out.destroy()
    })
    from.pipe(out)
  }

  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const at = server.address()
  if (at === null || typeof at === 'string') throw new Error('a front has a port')
  return {
    url: `http://127.0.0.1:${at.port}`,
    async leadTo(urls) {
      const more = urls.filter((url) => !says.has(url))
      await Promise.all(more.map(look))
      looking.push(...more.map(keepLooking))
    },
    usable: () => usable.length,
    requests: () => requests,
    failed: () => failed,
    async close() {
      closing.abort()
      await Promise.all(looking)
      agent.destroy()
      server.close()
      server.closeAllConnections()
    },
  }
}
