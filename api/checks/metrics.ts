import type { Registry } from 'prom-client'
import { gaugesOf } from '../../platform/registry.ts'
import type { Deps } from '../deps.ts'
import { lastRun } from './runs.ts'

/** What the last check by itself found. Nothing is told where none was run, or where it could not ask everybody. */
export function addCheckMetrics(registry: Registry, { identity, log }: Pick<Deps, 'identity' | 'log'>): void {
  let reading: ReturnType<typeof readLast> | undefined
  const readLast = async () => {
    try {
      return await lastRun(identity)
    } catch (error) {
      log.warn({ err: error }, 'the last check was not read for the metrics')
      return undefined
    } finally {
      reading = undefined
    }
  }
  /** Both gauges are asked at once, and share one reading. */
  const last = () => (reading ??= readLast())
  const gauge = gaugesOf(registry)
  gauge('holdfast_check_age_seconds', 'Since the last check by itself ended', [], async (to) => {
    const run = await last()
    if (run === undefined) to.remove()
    else to.set((Date.now() - run.endedAt.getTime()) / 1000)
  })
  gauge('holdfast_check_findings', 'What the last check by itself found, by invariant', ['invariant'], async (to) => {
    for (const { name, count } of (await last())?.invariants ?? []) to.set({ invariant: name }, count)
  })
}
