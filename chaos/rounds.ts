import { isSettled } from '../client/contract.ts'
import type { Round } from './faults/all.ts'
import { ok } from './kinds.ts'
import { until } from './until.ts'
import type { World } from './world.ts'

/** One fault that struck: from when on, and from when on all went well again. */
export type Incident = {
  readonly fault: string
  readonly from: number
  readonly to: number
  /** From the end of the fault until an order that was placed after it was confirmed. */
  readonly recoveryMs: number
}

/** Strikes round after round until they are over, or the time is. @throws naming a fault that did not strike. */
export async function strike(world: World, rounds: Iterable<Round>, endAt = Infinity): Promise<readonly Incident[]> {
  const incidents: Incident[] = []
  for (const round of rounds) {
    if (Date.now() >= endAt) break
    const from = Date.now()
    await Promise.all(round.map((fault) => inTime(fault.strike(world), fault.name)))
    const over = Date.now()
    await confirmOne(world)
    const to = Date.now()
    incidents.push(...round.map(({ name }) => ({ fault: name, from, to, recoveryMs: to - over })))
    const names = round.map(({ name }) => name).join(', ')
    world.report(`${names}: ${seconds(over - from)}, recovered in ${seconds(to - over)}`)
  }
  return incidents
}

const inTime = (striking: Promise<void>, name: string): Promise<void> =>
  striking.catch((error: unknown) => {
    throw new Error(`The fault "${name}" went wrong: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    })
  })

/** The system works (again): an order that is placed now is confirmed. */
export async function confirmOne({ load, customer }: Pick<World, 'load' | 'customer'>): Promise<void> {
  const id = await load.place(ok)
  await until(`order ${id} is confirmed`, async () => {
    const order = await customer.order(id, { signal: AbortSignal.timeout(10_000) }).catch(() => undefined) // not yet
    return order !== undefined && isSettled(order.status)
  })
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`
