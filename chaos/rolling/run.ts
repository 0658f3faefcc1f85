import { roles, type Role } from '../../stack/processes.ts'
import { choosePorts } from '../../stack/running/ports.ts'
import { comeToRest, duringLoad, faultsIn, type Result } from '../run.ts'
import { openWorld } from '../world.ts'
import { openFront } from './front.ts'
import { type Seen, startReading } from './readers.ts'
import { type Rolled, roll, type Fleet } from './roll.ts'

export type Rolling = {
  readonly rolled: readonly Rolled[]
  readonly requests: number
  readonly orders: number
  readonly seen: Seen
  /** What must not be, each in one line; nothing where all is well. */
  readonly faults: readonly string[]
}

export type RollingPlan = {
  readonly seed: number
  readonly ordersPerSecond: number
  readonly readsPerSecond: number
  /** Two of each of these run, the others alone. */
  readonly doubled: readonly Role[]
  /** Who is restarted, by role. */
  readonly restarted: readonly Role[]
  readonly quietWithinMs: number
  readonly report: (line: string) => void
}

/** Longer than the front needs to look twice. */
const drainSeconds = '2'

/** Everything is restarted under load, a process after the other; then all comes to rest and is looked at. */
export async function rollingRestart(plan: RollingPlan): Promise<Rolling> {
  const { seed, report, ordersPerSecond, readsPerSecond, quietWithinMs } = plan
  const front = await openFront()
  try {
    const world = await openWorld({
      seed,
      paymentDeadlineSeconds: 300,
      report,
      front,
      env: { DRAIN_SECONDS: drainSeconds },
    })
    try {
      const fleet = await addCopies({ world, front, envOf: new Map() }, plan.doubled)
      const names = roles
        .filter((role) => plan.restarted.includes(role))
        .flatMap((role) => (plan.doubled.includes(role) ? [role, `${role}-2`] : [role]))
      const stopReading = startReading(world, readsPerSecond)
      const rate = { ordersPerSecond, isPatient: false }
      const rolled = await duringLoad(world, rate, () => roll(fleet, names))
      const seen = await stopReading()
      const result: Omit<Result, 'incidents'> = await comeToRest(world, quietWithinMs)
      const faults = [
        ...rolled.filter(({ exit }) => exit !== '0').map(({ name, exit }) => `${name} ended with ${exit}`),
        ...front.failed().map((line) => `failed request: ${line}`),
        ...seen.broken,
        ...faultsIn(result),
      ]
      return { rolled, requests: front.requests(), orders: result.outcomes.length, seen, faults }
    } finally {
      await world.close()
    }
  } finally {
    await front.close()
  }
}

/** A second one of each; of the API on a port of its own, to which the front leads too. */
async function addCopies({ world, front, envOf }: Fleet, doubled: readonly Role[]): Promise<Fleet> {
  const { system } = world
  const [port = 0] = await choosePorts([undefined])
  const env = { PORT: String(port) }
  await Promise.all(doubled.map((role) => system.start(role, `${role}-2`, role === 'api' ? env : {})))
  if (!doubled.includes('api')) return { world, front, envOf }
  await front.leadTo([system.apiUrl, `http://127.0.0.1:${port}`])
  return { world, front, envOf: new Map([...envOf, ['api-2', env]]) }
}
