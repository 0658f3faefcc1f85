import type { Round } from './faults/all.ts'
import { discardPoison } from './faults/poison.ts'
import type { Rate } from './load.ts'
import { type Incident, strike } from './rounds.ts'
import { judge, type Outcome, quiesce } from './outcome.ts'
import { type Finding, verify } from './verify.ts'
import type { World } from './world.ts'

export type Result = {
  readonly incidents: readonly Incident[]
  readonly outcomes: readonly Outcome[]
  readonly findings: readonly Finding[]
  /** Answers of the API that no outage excuses. */
  readonly unexpected: readonly string[]
}

export type Plan = Rate & {
  readonly rounds: Iterable<Round>
  /** No round is begun after this. */
  readonly endAt?: number
  readonly quietWithinMs: number
}

/** Orders come steadily while rounds of faults strike; then everything comes to rest and is looked at. */
export async function run(world: World, { rounds, endAt, quietWithinMs, ...rate }: Plan): Promise<Result> {
  const incidents = await duringLoad(world, rate, () => strike(world, rounds, endAt))
  return { incidents, ...(await comeToRest(world, quietWithinMs)) }
}

/** Waits until every order is over, and looks what became of them. */
export async function comeToRest(world: World, quietWithinMs: number): Promise<Omit<Result, 'incidents'>> {
  world.report(`${world.load.placed.length} orders placed; waiting until all are over`)
  const orders = await quiesce(world, quietWithinMs)
  await discardPoison(world)
  const outcomes = judge(world.load.placed, orders)
  return { outcomes, findings: await verify(world), unexpected: world.load.unexpected }
}

/** Does it while orders come steadily. */
export async function duringLoad<Done>(
  { load }: Pick<World, 'load'>,
  rate: Rate,
  work: () => Promise<Done>,
): Promise<Done> {
  const steady = load.steadily(rate)
  try {
    return await work()
  } finally {
    await steady.end()
  }
}

/** What must not be, each in one line; nothing where all is well. */
export const faultsIn = ({ outcomes, findings, unexpected }: Omit<Result, 'incidents'>): readonly string[] => [
  ...outcomes
    .filter(({ fault }) => fault !== undefined)
    .map(({ kind, id, fault, is }) => `${fault}: ${kind} order ${id} is ${is}`),
  ...findings.map(({ text }) => text),
  ...unexpected.map((answer) => `unexpected answer: ${answer}`),
]
