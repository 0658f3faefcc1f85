import { createServer } from 'node:net'
import { once } from 'node:events'
import { DefaultLogger, makeTelemetryFilterString, Runtime } from '@temporalio/worker'
import type { Config } from '../../platform/config.ts'
import type { Log } from '../../platform/log.ts'
import type { MoreMetrics } from '../../platform/metrics-server.ts'

/**
 * The SDK's native core: its lines come through our log, not as coloured text on the terminal, and, where this process
 * serves metrics, its own are served beside them: the core has them on a free port of this machine.
 */
export async function installRuntime(
  config: Pick<Config, 'METRICS_PORT'>,
  log: Log,
  serveToo: (metrics: MoreMetrics) => void,
): Promise<void> {
  const bindAddress = config.METRICS_PORT === 0 ? undefined : `127.0.0.1:${await freePort()}`
  Runtime.install({
    shutdownSignals: [],
    telemetryOptions: {
      logging: { forward: {}, filter: makeTelemetryFilterString({ core: 'WARN', other: 'ERROR' }) },
      ...(bindAddress !== undefined && {
        metrics: {
          prometheus: { bindAddress, countersTotalSuffix: true, unitSuffix: true, useSecondsForDurations: true },
        },
      }),
    },
    logger: new DefaultLogger('WARN', ({ level, message, meta }) => {
      if (level === 'ERROR') log.error({ ...meta }, message)
      else log.warn({ ...meta }, message)
    }),
  })
  if (bindAddress === undefined) return
  serveToo(async () => (await fetch(`http://${bindAddress}/metrics`, { signal: AbortSignal.timeout(2_000) })).text())
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('no port is free')
  server.close()
  await once(server, 'close')
  return address.port
}
