import { randomUUID } from 'node:crypto'
import type { DrillBoard, DrillName, DrillRun } from '../../platform/drill.ts'
import type { Progress } from './carry-out.ts'

export type Wish = {
  readonly drill: DrillName
  readonly ordersPerSecond: number
  /** Of the admin who asks. */
  readonly token: string
}

export type Book = {
  /** @returns undefined while another drill goes on. */
  readonly begin: (wish: Wish) => DrillRun | undefined
  readonly find: (id: string) => DrillRun | undefined
  readonly read: () => Pick<DrillBoard, 'current' | 'last'>
}

/** So many are kept. */
const most = 20

/** One drill at a time, and what came of those before. */
export function makeBook(carryOut: (wish: Wish, tell: (progress: Progress) => void) => Promise<void>): Book {
  let current: DrillRun | undefined
  let last: readonly DrillRun[] = []

  async function run(wish: Wish): Promise<void> {
    const end = (failure: string | null): void => {
      if (current === undefined) return
      last = [{ ...current, phase: 'over' as const, endedAt: new Date().toISOString(), failure }, ...last].slice(
        0,
        most,
      )
      current = undefined
    }
    try {
      await carryOut(wish, (progress) => {
        current = current && { ...current, ...progress }
      })
      end(null)
    } catch (error) {
      // whoever asked reads it on the board
      end(error instanceof Error ? error.message : String(error))
    }
  }

  return {
    begin(wish) {
      if (current !== undefined) return undefined
      const begun = newRun(wish)
      current = begun
      void run(wish)
      return begun
    },
    find: (id) => [current, ...last].find((one) => one?.id === id),
    read: () => ({ current: current ?? null, last }),
  }
}

const newRun = ({ drill, ordersPerSecond }: Wish): DrillRun => ({
  id: randomUUID(),
  drill,
  ordersPerSecond,
  beganAt: new Date().toISOString(),
  endedAt: null,
  phase: 'preparing',
  orders: { placed: 0, ended: 0, open: 0 },
  betweenStepsOf: null,
  struckAt: null,
  recoveredAfterMs: null,
  verdict: null,
  failure: null,
})
