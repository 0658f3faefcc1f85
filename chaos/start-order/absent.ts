import { setTimeout as pause } from 'node:timers/promises'
import { isSettled } from '../../client/contract.ts'
import { roles } from '../../stack/processes.ts'
import type { ServerName } from '../../stack/servers.ts'
import { ok } from '../kinds.ts'
import { until } from '../until.ts'
import type { World } from '../world.ts'

/** Processes that were started before the servers they need. */
export type Late = {
  readonly absent: readonly ServerName[]
  /** How often a process gave up waiting, ended and was started again. */
  readonly restarts: number
  /** From the servers' coming until every process said that it works; 0 where all had before. */
  readonly readyMs: number
  /** From then until an order that was placed then was confirmed. */
  readonly confirmedMs: number
}

/** Stops everything of ours and some servers, starts all of ours, and the servers only after a while. */
export async function startWithout(world: World, absent: readonly ServerName[], absentMs: number): Promise<Late> {
  const { system, load, customer } = world
  await Promise.all(system.processes().map((each) => each.stop()))
  for (const name of absent) await system.servers[name].stop()
  const starting = Promise.all(roles.map((role) => system.start(role)))
  const ready = starting.then(() => Date.now())
  // one that gives up for good is told at once
  await Promise.race([pause(absentMs), ready.then(() => pause(absentMs))])
  await Promise.all(absent.map((name) => system.servers[name].start()))
  const there = Date.now()
  const readyAt = await ready
  const placed = Date.now()
  const id = await load.place(ok)
  await until(`order ${id} is confirmed`, async () => isSettled((await customer.order(id)).status))
  const restarts = roles.reduce((sum, role) => sum + system.process(role).restarts(), 0)
  return { absent, restarts, readyMs: Math.max(0, readyAt - there), confirmedMs: Date.now() - placed }
}
