import { join } from 'node:path'
import { roles } from '../../stack/processes.ts'
import { choosePorts, isFree } from '../../stack/running/ports.ts'
import type { World } from '../world.ts'
import { type ProcessReading, readProcesses } from './process-metrics.ts'
import { countMessages, countRows, diskMb } from './store-sizes.ts'

/** How large everything was at one moment. */
export type Sample = {
  readonly minutes: number
  /** So far. */
  readonly orders: number
  readonly processes: ReadonlyMap<string, ProcessReading>
  readonly rows: ReadonlyMap<string, number>
  readonly messages: ReadonlyMap<string, number>
  readonly disk: ReadonlyMap<string, number>
}

export async function takeSample(world: World, since: number): Promise<Sample> {
  const { config, system, load, dataDir } = world
  const minutes = (Date.now() - since) / 60_000
  const orders = load.placed.length
  const port = (role: string) => config.METRICS_PORT + roles.findIndex((one) => one === role)
  const urls = roles.map((role) => [role, role === 'api' ? system.apiUrl : `http://127.0.0.1:${port(role)}`] as const)
  const folders = ['database', 'kafka', 'temporal'] as const
  return {
    minutes,
    orders,
    processes: await readProcesses(new Map(urls)),
    rows: await countRows(config),
    messages: await countMessages(config),
    disk: new Map(await Promise.all(folders.map(async (one) => [one, await diskMb(join(dataDir, one))] as const))),
  }
}

/** The first of as many ports in a row as there are roles. */
export async function portsInARow(): Promise<number> {
  for (;;) {
    const [first = 0] = await choosePorts([undefined])
    const row = await Promise.all(roles.map((_, at) => isFree(first + at)))
    if (row.every(Boolean)) return first
  }
}
