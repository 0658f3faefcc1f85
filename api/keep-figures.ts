import { repeatUntil } from '../platform/repeating.ts'
import { makeFigureKeeper } from '../workers/projection/figures/keep.ts'
import type { Deps } from './deps.ts'
import { tellFailure } from './tell-failure.ts'

/** While much is due: time for others between two parts of it. */
const shortRestMs = 200

/** Keeps the figures until the process ends. What fails is told and tried again a while later. */
export async function keepFigures(
  { orders, readGroups, log }: Pick<Deps, 'orders' | 'readGroups' | 'log'>,
  stopping: AbortSignal,
): Promise<void> {
  const keep = makeFigureKeeper(orders, readGroups)
  await repeatUntil(stopping, {
    everyMs: 3_000,
    work: async () => ((await keep()) > 1 ? shortRestMs : undefined),
    onFailure: tellFailure(log, 'the figures could not be kept; trying again in half a minute'),
    afterFailureMs: 30_000,
  })
}
