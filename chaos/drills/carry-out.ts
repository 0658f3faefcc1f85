import { isOver } from '../../client/contract.ts'
import type { DrillRun } from '../../platform/drill.ts'
import { repeatUntil } from '../../platform/repeating.ts'
import { discardPoison } from '../faults/poison.ts'
import { ordersOf, quiesce } from '../outcome.ts'
import { confirmOne } from '../rounds.ts'
import { duringLoad } from '../run.ts'
import { check, newFindings } from './check.ts'
import type { Drill } from './drills.ts'
import type { Ground } from './ground.ts'
import { verdictOn } from './verdict.ts'

export type Progress = Partial<
  Pick<DrillRun, 'phase' | 'orders' | 'struckAt' | 'betweenStepsOf' | 'recoveredAfterMs' | 'verdict'>
>
type Tell = (progress: Progress) => void

/** What is not over by then is told as lost. The demo's deadlines and tries to undo are shorter in sum. */
const quietWithinMs = 180_000

/** One fault under load, and what came of it. @throws where it could not be carried out. */
export async function carryOut(ground: Ground, drill: Drill, ordersPerSecond: number, tell: Tell): Promise<void> {
  const before = await check(ground)
  const began = new Date()
  const watching = new AbortController()
  const watch = keepCounting(ground, tell, watching.signal)
  try {
    await duringLoad(ground, { ordersPerSecond, isPatient: false }, () => strike(ground, drill, tell))
    tell({ phase: 'settling' })
    const orders = await quiesce({ ...ground, report: () => undefined }, quietWithinMs)
    tell({ phase: 'checking', orders: countsOf(ground, orders) })
    if (drill.poisons) await discardPoison(ground, began)
    const found = newFindings(before, await check(ground))
    const { placed, unexpected } = ground.load
    tell({ verdict: verdictOn({ placed, orders, unexpected, newFindings: found }) })
  } finally {
    watching.abort()
    await watch
  }
}

async function strike(ground: Ground, drill: Drill, tell: Tell): Promise<void> {
  tell({ phase: 'loading' })
  await confirmOne(ground)
  tell({ phase: 'striking', struckAt: new Date().toISOString() })
  await drill.strike(ground)
  const over = Date.now()
  tell({ phase: 'recovering' })
  await confirmOne(ground)
  tell({ recoveredAfterMs: Date.now() - over })
}

const keepCounting = (ground: Ground, tell: Tell, until: AbortSignal): Promise<void> =>
  repeatUntil(until, {
    everyMs: 1_500,
    work: async () => tell({ orders: countsOf(ground, await ordersOf(ground)) }),
    // the API is struck, too: the next look tells
    onFailure: () => undefined,
  })

function countsOf({ load }: Ground, orders: readonly { readonly status: Parameters<typeof isOver>[0] }[]) {
  const placed = Math.max(orders.length, load.placed.flatMap(({ ids }) => ids).length)
  const ended = orders.filter(({ status }) => isOver(status)).length
  return { placed, ended, open: placed - ended }
}
