import { setTimeout as pause } from 'node:timers/promises'
import { upTo } from '../../platform/seeded.ts'
import type { Role, Supervised } from '../../stack/processes.ts'
import { type Fault, fault } from '../fault.ts'
import { until } from '../until.ts'
import type { World } from '../world.ts'

/** What somebody supervises and we may hurt. */
export type Target = Pick<Supervised, 'kill' | 'restarts'>
type Running = { readonly system: { readonly process: (name: Role) => Target } }

/** `kill -9`; whoever supervises it starts it again. */
export const killed = (role: Role): Fault<Running> =>
  fault(`${role} killed`, async ({ system }) => {
    const process = system.process(role)
    const before = process.restarts()
    process.kill('SIGKILL')
    await until(`${role} is started again`, () => process.restarts() > before)
  })

/** Longer than a consumer group waits for its member: when it wakes up, its partitions are somebody else's. */
const frozenMs = 12_000
/** Shorter than that: it keeps its partitions, and everything reaches it late. */
const lateMs = 6_000

const stopped = (role: Role, how: string, ms: number): Fault<Running & Pick<World, 'random'>> =>
  fault(`${role} ${how}`, async (world) => {
    const process = world.system.process(role)
    process.kill('SIGSTOP')
    await pause(ms + aWhile(world))
    process.kill('SIGCONT')
  })

export const frozen = (role: Role) => stopped(role, 'frozen', frozenMs)
export const late = (role: Role) => stopped(role, 'late', lateMs)

/** SIGTERM, and a new one when it has ended: a deployment. */
export const restarted = (role: Role): Fault =>
  fault(`${role} restarted`, async ({ system }) => {
    await system.start(role)
  })

/** Up to two seconds, so that no two runs of a fault hit the same moment. */
export const aWhile = ({ random }: Pick<World, 'random'>): number => upTo(random, 2_000)
