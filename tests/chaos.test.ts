import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Round } from '../chaos/faults/all.ts'
import { killedAt } from '../chaos/faults/failpoints.ts'
import { cut, hole, slow } from '../chaos/faults/network.ts'
import { poison } from '../chaos/faults/poison.ts'
import { frozen, killed, restarted } from '../chaos/faults/processes.ts'
import { providerFaults } from '../chaos/faults/provider.ts'
import { serverKilled } from '../chaos/faults/servers.ts'
import { silent } from '../chaos/kinds.ts'
import { faultsIn, run } from '../chaos/run.ts'
import { openWorld, type World } from '../chaos/world.ts'

/** What `npm run chaos` does one after the other, several at a time: every sort of fault, each process, each server. */
const rounds: readonly Round[] = [
  [...(['temporal', 'stock', 'payment', 'shipping', 'projection', 'api'] as const).map(killed), poison],
  [serverKilled('kafka'), serverKilled('database'), serverKilled('temporal')],
  [
    killedAt('take_in.committed', 'stock'),
    killedAt('call.made', 'payment'),
    killedAt('publish.sent', 'temporal'),
    killedAt('order.started', 'api'),
    ...providerFaults,
  ],
  [frozen('stock'), frozen('payment'), hole('temporal'), slow('database'), cut('kafka'), restarted('shipping')],
]

let world: World
beforeAll(async () => {
  world = await openWorld({ seed: 1, paymentDeadlineSeconds: 110, report: () => undefined })
})
afterAll(() => world.close())

describe('all faults together', () => {
  it('lose no order, double none and end none wrongly', async () => {
    // they wait for their deadline meanwhile
    await Promise.all([silent, silent].map(world.load.place))
    const result = await run(world, { rounds, ordersPerSecond: 2, isPatient: false, quietWithinMs: 150_000 })
    expect(faultsIn(result)).toEqual([])
    expect(result.incidents.map(({ fault }) => fault)).toEqual(rounds.flat().map(({ name }) => name))
    expect(result.outcomes.length).toBeGreaterThan(50)
  }, 420_000)
})
