import { createServer, type ServerResponse } from 'node:http'
import { once } from 'node:events'
import { getRequestListener } from '@hono/node-server'
import { patience, type Patience } from './slow-clients.ts'

export type HttpServer = {
  /** Where it listens, with the port it got. */
  readonly url: string
  /** From now on each answer is the last one on its connection, so that nobody's next request meets a closed one. */
  readonly letGo: () => void
  /** Takes no new connections, lets requests under way finish for `graceMs`, then cuts them. */
  readonly close: (graceMs?: number) => Promise<void>
}

type Fetch = Parameters<typeof getRequestListener>[0]

/** Serves a fetch function over HTTP. Port 0 takes a free one. @throws if the address can't be had. */
export async function listen(
  fetch: Fetch,
  at: { readonly host: string; readonly port: number },
  timeouts: Patience = patience,
): Promise<HttpServer> {
  const handle = getRequestListener(fetch)
  const underWay = new Set<ServerResponse>()
  let leaving = false
  const server = createServer({ ...timeouts, keepAliveTimeout: 65_000 }, (request, response) => {
    underWay.add(response)
    response.once('close', () => underWay.delete(response))
    if (leaving) makeLast(response)
    void handle(request, response)
  })
  const letGo = (): void => {
    leaving = true
    underWay.forEach(makeLast)
  }
  server.listen(at.port, at.host)
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : at.port
  const host = at.host.includes(':') ? `[${at.host}]` : at.host
  return {
    url: `http://${host}:${port}`,
    letGo,
    close: async (graceMs = 8_000) => {
      letGo()
      const closed = once(server, 'close')
      server.close()
      // connections that are kept alive fall idle one by one, as their requests finish
      const idle = setInterval(() => server.closeIdleConnections(), 50)
      const cut = setTimeout(() => server.closeAllConnections(), graceMs)
      await closed
      clearInterval(idle)
      clearTimeout(cut)
    },
  }
}

/** Says `Connection: close` where there is still time; a stream's connection is closed at its end all the same. */
function makeLast(response: ServerResponse): void {
  response.shouldKeepAlive = false
  if (response.headersSent) response.once('finish', () => response.req.socket.end())
}
