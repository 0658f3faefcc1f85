import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Config, readConfig } from '../platform/config.ts'
import { type Log, makeLog } from '../platform/log.ts'
import { startSystem, type System } from '../stack/system.ts'
import { type Follower, followOrders } from './follower.ts'
import { cpuBetween, cpuOfProduct, readProcesses } from './meter.ts'
import type { Journey } from './shop.ts'

export type Bench = {
  readonly system: System
  readonly config: Config
  readonly log: Log
  readonly follower: Follower
  readonly close: () => Promise<void>
}

/**
 * A system of its own on servers of its own.
 * @param profileDir where CPU profiles of our processes go when they stop.
 */
export async function openBench(profileDir: string | undefined): Promise<Bench> {
  const dir = await mkdtemp(join(tmpdir(), 'holdfast-bench-'))
  const system = await startSystem({
    logDir: dir,
    // demo mode's deadlines of 20 s would reject orders while something else holds the machine up
    env: {
      DEMO: '1',
      LOG_LEVEL: 'warn',
      STEP_DEADLINE_SECONDS: '600',
      CARRIER_DISPATCH_DELAY_MS: '0',
      CARRIER_DELIVERY_DELAY_MS: '0',
    },
    ...(profileDir !== undefined && { nodeArgs: ['--cpu-prof', `--cpu-prof-dir=${profileDir}`] }),
  })
  const config = readConfig(system.env)
  const log = makeLog(config, 'bench')
  const follower = await followOrders(config, log)
  return {
    system,
    config,
    log,
    follower,
    async close() {
      await follower.stop()
      await system.stop()
      await rm(dir, { recursive: true, force: true })
    },
  }
}

export type Measured = {
  readonly journeys: readonly Journey[]
  /** Orders per second, from the first one placed to the last one confirmed, or delivered. */
  readonly confirmedPerSecond: number
  readonly deliveredPerSecond: number
  /** CPU seconds per 1000 orders by process, and of the product with its servers. */
  readonly cpuByProcess: ReadonlyMap<string, number>
  readonly cpu: number
}

/** A load, and what it cost until its last order was delivered. */
export async function measure({ system }: Bench, load: () => Promise<readonly Journey[]>): Promise<Measured> {
  const before = readProcesses(system)
  const begun = performance.now()
  const journeys = await load()
  const confirmedAt = performance.now()
  await Promise.all(journeys.map(({ delivered }) => delivered))
  const deliveredAt = performance.now()
  const used = cpuBetween(before, readProcesses(system))
  const cpuByProcess = new Map([...used].map(([name, cpu]) => [name, (cpu * 1000) / journeys.length]))
  return {
    journeys,
    confirmedPerSecond: (journeys.length * 1000) / (confirmedAt - begun),
    deliveredPerSecond: (journeys.length * 1000) / (deliveredAt - begun),
    cpuByProcess,
    cpu: cpuOfProduct(cpuByProcess),
  }
}
