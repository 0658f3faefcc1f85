import { Gauge, type Registry } from 'prom-client'
import type { Deps } from '../deps.ts'
import { lastRun } from './runs.ts'

/** What the last check by itself found. Nothing is told where none was run, or where it could not ask everybody. */
export function addCheckMetrics(registry: Registry, { identity, log }: Pick<Deps, 'identity' | 'log'>): void {
  const last = () =>
    lastRun(identity).catch((error: unknown) => {
      log.warn({ err: error }, 'the last check was not read for the metrics')
      return undefined
    })
  new Gauge({
    name: 'holdfast_check_age_seconds',
    help: 'Since the last check by itself ended',
    registers: [registry],
    async collect() {
      const run = await last()
      if (run === undefined) this.remove()
      else this.set((Date.now() - run.endedAt.getTime()) / 1000)
    },
  })
  new Gauge({
    name: 'holdfast_check_findings',
    help: 'What the last check by itself found, by invariant',
    labelNames: ['invariant'],
    registers: [registry],
    async collect() {
      this.reset()
      for (const { name, count } of (await last())?.invariants ?? []) this.set({ invariant: name }, count)
    },
  })
}
