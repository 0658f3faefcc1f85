import { readFileSync } from 'node:fs'
import { roles } from '../stack/processes.ts'
import type { System } from '../stack/system.ts'

/** CPU seconds since the process began and memory in MB, by process. */
export type Reading = ReadonlyMap<string, { readonly cpu: number; readonly memory: number }>

const ticksPerSecond = 100 // USER_HZ, the same on every Linux

/** Every process of the product, the servers, and `load`: this one. */
export function readProcesses(system: System): Reading {
  const { database, kafka, temporal } = system.servers
  const pids = [
    ...roles.map((role) => [role === 'temporal' ? 'temporal worker' : role, system.process(role).pid()] as const),
    ['Temporal server', temporal.pid()] as const,
    ['Kafka', kafka.pid()] as const,
    ['database', database.pid()] as const,
    ['load', process.pid] as const,
  ]
  return new Map(pids.map(([name, pid]) => [name, pid === undefined ? { cpu: 0, memory: 0 } : readProcess(pid)]))
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

/** CPU seconds that each process used between two readings. */
export const cpuBetween = (before: Reading, after: Reading): ReadonlyMap<string, number> =>
  new Map([...after].map(([name, { cpu }]) => [name, cpu - (before.get(name)?.cpu ?? 0)]))

/** What the product and its servers used; the load is not theirs. */
export const cpuOfProduct = (used: ReadonlyMap<string, number>): number =>
  [...used].reduce((sum, [name, cpu]) => (name === 'load' ? sum : sum + cpu), 0)
