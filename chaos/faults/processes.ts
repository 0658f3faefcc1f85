import { setTimeout as pause } from 'node:timers/promises'
import { upTo } from '../../platform/seeded.ts'
import type { Role } from '../../stack/processes.ts'
import { type Fault, fault } from '../fault.ts'
import { until } from '../until.ts'
import type { World } from '../world.ts'

/** `kill -9`; whoever supervises it starts it again. */
export const killed = (role: Role): Fault =>
  fault(`${role} killed`, async ({ system }) => {
    const process = system.process(role)
    const before = process.restarts()
    process.kill('SIGKILL')
    await until(`${role} is started again`, () => process.restarts() > before)
  })

/** Longer than a consumer group waits for its member: when it wakes up, its partitions are somebody else's. */
const frozenMs = 12_000

export const frozen = (role: Role): Fault =>
  fault(`${role} frozen`, async (world) => {
    const process = world.system.process(role)
    process.kill('SIGSTOP')
    await pause(frozenMs + aWhile(world))
    process.kill('SIGCONT')
  })

/** SIGTERM, and a new one when it has ended: a deployment. */
export const restarted = (role: Role): Fault =>
  fault(`${role} restarted`, async ({ system }) => {
    await system.start(role)
  })

/** Up to two seconds, so that no two runs of a fault hit the same moment. */
export const aWhile = ({ random }: World): number => upTo(random, 2_000)
