import { createServer } from 'node:http'
import { once } from 'node:events'
import type { Config } from './config.ts'
import { processRegistry } from './registry.ts'
import { patience, type Patience } from './slow-clients.ts'

export type MetricsServer = { readonly port: number; readonly close: () => Promise<void> }

/** More text to serve beside this process's own. */
export type MoreMetrics = () => Promise<string>

/**
 * `/healthz` and `/metrics` of a worker, from its start to its end; to this machine alone, unless OPERATIONS_OPEN says
 * otherwise. @throws if the port can't be had.
 */
export async function serveMetrics(
  config: Pick<Config, 'METRICS_PORT' | 'OPERATIONS_OPEN'>,
  more: readonly MoreMetrics[],
  timeouts: Patience = patience,
): Promise<MetricsServer> {
  const registry = processRegistry()
  const read = async () => [await registry.metrics(), ...(await Promise.all(more.map((each) => each())))].join('\n')
  const server = createServer({ ...timeouts }, (request, response) => {
    const path = request.url?.split('?')[0]
    const answer = (status: number, type: string, body: string) =>
      response.writeHead(status, { 'Content-Type': type, 'Cache-Control': 'no-store' }).end(body)
    if (request.method !== 'GET' || (path !== '/healthz' && path !== '/metrics'))
      answer(404, 'text/plain', 'not found\n')
    else if (path === '/healthz') answer(200, 'application/json', '{"status":"ok"}')
    else {
      read().then(
        (text) => answer(200, registry.contentType, text),
        () => answer(503, 'text/plain', 'the metrics could not be read\n'), // Prometheus then tells that it is down
      )
    }
  })
  server.listen(config.METRICS_PORT, ...(config.OPERATIONS_OPEN ? [] : ['127.0.0.1']))
  await once(server, 'listening')
  const address = server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : config.METRICS_PORT,
    async close() {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}
