import { readFileSync } from 'node:fs'
import type { System } from '../stack/system.ts'

/** CPU seconds since the process began and memory in MB, by process. */
export type Reading = ReadonlyMap<string, { readonly cpu: number; readonly memory: number }>

const ticksPerSecond = 100 // USER_HZ, the same on every Linux

/** The processes of the product, copies of one role together, its servers, and `load`: this one. */
export function readProcesses(system: System): Reading {
  const { database, kafka, temporal } = system.servers
  const pids = [
    ...system.processes().map((each) => [labelOf(each.name), each.pid()] as const),
    ['Temporal server', temporal.pid()] as const,
    ['Kafka', kafka.pid()] as const,
    ['database', database.pid()] as const,
    ['load', process.pid] as const,
  ]
  const reading = new Map<string, { readonly cpu: number; readonly memory: number }>()
  for (const [name, pid] of pids) {
    const { cpu, memory } = pid === undefined ? { cpu: 0, memory: 0 } : readProcess(pid)
    const sum = reading.get(name)
    reading.set(name, { cpu: cpu + (sum?.cpu ?? 0), memory: memory + (sum?.memory ?? 0) })
  }
  return reading
}

/** `stock-2` is one more `stock`. */
function labelOf(name: string): string {
  const role = name.replace(/-\d+$/, '')
  return role === 'temporal' ? 'temporal worker' : role
}

function readProcess(pid: number) {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  return {
    cpu: (Number(fields[11]) + Number(fields[12])) / ticksPerSecond,
    memory: Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024,
  }
}

/**
 * MB that our own processes take together: a page that several share, as those of Node's program, counts once. The servers
 * share it with nobody.
 */
export const memoryTogether = (system: System): number =>
  system.processes().reduce((sum, { pid }) => {
    const rollup = readFileSync(`/proc/${pid()}/smaps_rollup`, 'utf8')
    return sum + Number(/^Pss:\s+(\d+)/m.exec(rollup)?.[1] ?? 0) / 1024
  }, 0)

/** CPU seconds that each process used between two readings. */
export const cpuBetween = (before: Reading, after: Reading): ReadonlyMap<string, number> =>
  new Map([...after].map(([name, { cpu }]) => [name, cpu - (before.get(name)?.cpu ?? 0)]))

/** What the product and its servers used; the load is not theirs. */
export const cpuOfProduct = (used: ReadonlyMap<string, number>): number =>
  [...used].reduce((sum, [name, cpu]) => (name === 'load' ? sum : sum + cpu), 0)
