import { roles, type Role } from '../../stack/processes.ts'
import { until } from '../until.ts'
import type { World } from '../world.ts'
import type { Front } from './front.ts'
import { groupsOf, watchHandOver } from './groups.ts'

/** One process that was asked to end, and started again. */
export type Rolled = {
  readonly name: string
  /** `0`, another code, or the signal that it took. */
  readonly exit: string
  readonly endedMs: number
  /** Undefined where it is in no group. */
  readonly leftMs?: number
  readonly takenMs?: number
  /** From the start until it said that it works; of the API, until it was sent requests. */
  readonly startedMs: number
  readonly requests: number
  readonly failed: number
}

export type Fleet = {
  readonly world: World
  readonly front: Front
  /** Of copies: what they were started with, such as their port. */
  readonly envOf: ReadonlyMap<string, Readonly<Record<string, string>>>
}

/** SIGTERM and a new one, a process after the other, as a deployment does it. */
export async function roll(fleet: Fleet, names: readonly string[]): Promise<readonly Rolled[]> {
  const rolled: Rolled[] = []
  for (const name of names) {
    const known = fleet.front.failed().length
    const one = await rollOne(fleet, name)
    rolled.push(one)
    for (const line of fleet.front.failed().slice(known)) fleet.world.report(line)
    fleet.world.report(`${name}: ended with ${one.exit} in ${one.endedMs} ms, ${one.failed} failed`)
  }
  return rolled
}

async function rollOne({ world, front, envOf }: Fleet, name: string): Promise<Rolled> {
  const { system, config } = world
  const role = roleOf(name)
  const groups = groupsOf(config, role)
  const before = { requests: front.requests(), failed: front.failed().length }
  const handOver = groups.length === 0 ? undefined : await watchHandOver(config, groups)
  const process = system.process(name)
  const asked = Date.now()
  await process.stop()
  const endedMs = Date.now() - asked
  const { code, signal } = process.lastExit() ?? { code: null, signal: null }
  const [leftMs, takenMs] = [await handOver?.left, await handOver?.taken]
  const starting = Date.now()
  const usable = front.usable()
  await system.start(role, name, envOf.get(name))
  // nobody goes on with the next one before
  if (role === 'api') await until(`requests go to ${name}`, () => front.usable() > usable)
  return {
    name,
    exit: signal ?? String(code),
    endedMs,
    ...(leftMs !== undefined && { leftMs }),
    ...(takenMs !== undefined && { takenMs }),
    startedMs: Date.now() - starting,
    requests: front.requests() - before.requests,
    failed: front.failed().length - before.failed,
  }
}

/** `stock-2` is one more `stock`. */
export function roleOf(name: string): Role {
  const role = roles.find((one) => one === name.replace(/-\d+$/, ''))
  if (role === undefined) throw new Error(`${name} is no process of ours`)
  return role
}
