import { setTimeout as pause } from 'node:timers/promises'
import { makeFigureKeeper } from '../workers/projection/figures/keep.ts'
import type { Deps } from './deps.ts'
import { isOutage } from './outage.ts'

const restMs = 3_000
/** While much is due: time for others between two parts of it. */
const shortRestMs = 200
const longRestMs = 30_000

/** Keeps the figures until the process ends. What fails is told and tried again a while later. */
export async function keepFigures(
  { orders, readGroups, log }: Pick<Deps, 'orders' | 'readGroups' | 'log'>,
  stopping: AbortSignal,
): Promise<void> {
  const keep = makeFigureKeeper(orders, readGroups)
  while (!stopping.aborted) {
    let rest = restMs
    try {
      if ((await keep()) > 1) rest = shortRestMs
    } catch (error) {
      rest = longRestMs
      const tell = isOutage(error) ? log.warn.bind(log) : log.error.bind(log)
      tell({ err: error }, 'the figures could not be kept; trying again in half a minute')
    }
    await pause(rest, undefined, { signal: stopping }).catch((error: unknown) => {
      if (!stopping.aborted) throw error
    })
  }
}
