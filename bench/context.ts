import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Config, readConfig } from '../platform/config.ts'
import { type Log, makeLog } from '../platform/log.ts'
import { startSystem } from '../stack/system.ts'
import { followOrders } from './follower.ts'
import { cpuBetween, cpuOfProduct, readProcesses } from './meter.ts'
import type { Journey, Seller, Until } from './shop.ts'

const dayMs = String(86_400_000)

export type Bench = Seller & {
  readonly config: Config
  readonly log: Log
  readonly close: () => Promise<void>
}

type Options = {
  /** Where CPU profiles of our processes go when they stop. */
  readonly profileDir?: string | undefined
  readonly until?: Until
}

/** A system of its own on servers of its own. */
export async function openBench({ profileDir, until = 'delivered' }: Options = {}): Promise<Bench> {
  const dir = await mkdtemp(join(tmpdir(), 'holdfast-bench-'))
  const system = await startSystem({
    logDir: dir,
    // demo mode's deadlines of 20 s would reject orders while something else holds the machine up
    env: {
      DEMO: '1',
      LOG_LEVEL: 'warn',
      STEP_DEADLINE_SECONDS: '600',
      CARRIER_DISPATCH_DELAY_MS: until === 'delivered' ? '0' : dayMs,
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
    until,
    async close() {
      await follower.stop()
      await system.stop()
      await rm(dir, { recursive: true, force: true })
    },
  }
}

export type Measured = {
  readonly journeys: readonly Journey[]
  /** Orders per second, from the first one placed to the last one confirmed, or over. */
  readonly confirmedPerSecond: number
  readonly overPerSecond: number
  /** CPU seconds per 1000 orders by process, and of the product with its servers. */
  readonly cpuByProcess: ReadonlyMap<string, number>
  readonly cpu: number
}

/** A load, and what it cost until its last order was over. */
export async function measure({ system }: Bench, load: () => Promise<readonly Journey[]>): Promise<Measured> {
  const before = readProcesses(system)
  const begun = performance.now()
  const journeys = await load()
  const confirmedAt = performance.now()
  await Promise.all(journeys.map(({ over }) => over))
  const overAt = performance.now()
  const used = cpuBetween(before, readProcesses(system))
  const cpuByProcess = new Map([...used].map(([name, cpu]) => [name, (cpu * 1000) / journeys.length]))
  return {
    journeys,
    confirmedPerSecond: (journeys.length * 1000) / (confirmedAt - begun),
    overPerSecond: (journeys.length * 1000) / (overAt - begun),
    cpuByProcess,
    cpu: cpuOfProduct(cpuByProcess),
  }
}
