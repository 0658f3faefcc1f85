import { Gauge, type Registry } from 'prom-client'
import type { Deps } from '../deps.ts'
import { lastRun } from './runs.ts'

/** What the last check by itself found. Nothing is told where none was run, or where it could not ask everybody. */
export function addCheckMetrics(registry: Registry, { identity, log }: Pick<Deps, 'identity' | 'log'>): void {
  const seconds = new Gauge({
    name: 'holdfast_check_age_seconds',
    help: 'Since the last check by itself ended',
    registers: [registry],
  })
  new Gauge({
    name: 'holdfast_check_findings',
    help: 'What the last check by itself found, by invariant',
    labelNames: ['invariant'],
    registers: [registry],
    async collect() {
      this.reset()
      seconds.reset()
      try {
        const run = await lastRun(identity)
        if (run === undefined) return
        seconds.set((Date.now() - run.endedAt.getTime()) / 1000)
        for (const { name, count } of run.invariants) this.set({ invariant: name }, count)
      } catch (error) {
        log.warn({ err: error }, 'the last check was not read for the metrics')
      }
    },
  })
}
