import { failpoints } from '../../platform/failpoint.ts'
import { type Random, shuffled } from '../../platform/seeded.ts'
import { roles } from '../../stack/processes.ts'
import type { Fault } from '../fault.ts'
import { killedAt, passers } from './failpoints.ts'
import { cut, hole, slow } from './network.ts'
import { poison } from './poison.ts'
import { frozen, killed, restarted } from './processes.ts'
import { providerFaults } from './provider.ts'
import { serverFrozen, serverKilled, serverRestarted } from './servers.ts'

/** Faults that strike at the same time. */
export type Round = readonly Fault[]

const servers = ['kafka', 'database', 'temporal'] as const

export const everyFault: readonly Fault[] = [
  ...[killed, frozen, restarted].flatMap((how) => roles.map(how)),
  ...[serverKilled, serverRestarted, serverFrozen, slow, cut, hole].flatMap((how) => servers.map(how)),
  ...providerFaults,
  poison,
]

/** One fault after the other without end, none a second time before every other had its turn. */
export function* drawn(random: Random, only: RegExp): Generator<Round> {
  const faults = everyFault.filter(({ name }) => only.test(name))
  if (faults.length === 0) throw new Error(`No fault is called ${only.source}`)
  for (;;) for (const fault of shuffled(random, faults)) yield [fault]
}

/** Every line, in every process that passes it; those that pass the same one are struck together. */
export const matrix = (only: RegExp): readonly Round[] =>
  failpoints
    .map((point) => passers[point].map((role) => killedAt(point, role)).filter(({ name }) => only.test(name)))
    .filter((round) => round.length > 0)
