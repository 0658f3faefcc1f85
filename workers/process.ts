import { askKafka } from '../events/check.ts'
import { type Config, readConfig } from '../platform/config.ts'
import { checkEntry } from '../platform/entry.ts'
import { armFailpoint } from '../platform/failpoint.ts'
import { announceReady, type Log, makeLog } from '../platform/log.ts'
import type { MoreMetrics } from '../platform/metrics-server.ts'
import { startTracing } from '../platform/tracing.ts'

export type ProcessContext = {
  readonly config: Config
  readonly log: Log
  /** Ends the process so that whoever supervises it starts a new one: for what can't recover by itself. */
  readonly giveUp: (error: unknown) => void
  /** Has `/metrics` serve this, too, where there is one. */
  readonly serveToo: (metrics: MoreMetrics) => void
}

/**
 * A worker process from start to SIGTERM. `start` resolves when it works, with what stops it: take in nothing new,
 * finish what is under way, close. A start that fails ends the process with code 1; it will be started again.
 */
export async function runProcess(
  name: string,
  start: (context: ProcessContext) => Promise<() => Promise<void>>,
): Promise<void> {
  const config = readConfig()
  const log = makeLog(config, name)
  armFailpoint(config.FAIL_AT)
  const giveUp = (error: unknown): void => {
    log.fatal({ err: error }, 'ending, to be started again')
    process.exit(1)
  }
  process.on('uncaughtException', giveUp)
  process.on('unhandledRejection', giveUp)

  let asked = false
  const askedToStop = new Promise<void>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      process.on(signal, () => {
        asked = true
        resolve()
      })
    }
  })
  try {
    await checkEntry(config, () => askKafka(config, log))
    const stopTracing = await startTracing(config, name, log)
    const more: MoreMetrics[] = []
    const metrics = config.METRICS_PORT === 0 ? undefined : await (await loadServer()).serveMetrics(config, more)
    const stop = await start({ config, log, giveUp, serveToo: (metricsToo) => more.push(metricsToo) })
    announceReady(name)
    if (!asked) await askedToStop
    await stop()
    await stopTracing()
    await metrics?.close()
    log.info('stopped')
    process.exit(0)
  } catch (error) {
    giveUp(error)
  }
}

/** Nothing of it is loaded where nobody asks. */
const loadServer = () => import('../platform/metrics-server.ts')

/** Tries again until it works: a dependency may be absent when a process starts. */
export async function untilItWorks<Result>(log: Log, what: string, attempt: () => Promise<Result>): Promise<Result> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await attempt()
    } catch (error) {
      if (tries >= 60) throw error
      log.warn({ err: error, tries }, `${what} is not there yet; waiting`)
      await new Promise((resolve) => setTimeout(resolve, Math.min(2_000, 200 * 2 ** Math.min(tries, 4))))
    }
  }
}
