import { parseArgs } from 'node:util'
import { roles } from '../../stack/processes.ts'
import { rollingRestart } from './run.ts'
import { rollingTable } from './table.ts'

const { values } = parseArgs({
  options: {
    /** Orders per second; as many reads beside them. */
    rate: { type: 'string', default: '10' },
    seed: { type: 'string', default: '1' },
    /** Restarted, by role; all are running. */
    only: { type: 'string', default: roles.join(',') },
    /** Who runs twice. */
    twice: { type: 'string', default: roles.join(',') },
  },
})
const began = Date.now()
const print = (text: string): void => void process.stdout.write(`${text}\n`)
const listed = (text: string) => roles.filter((role) => text.split(',').includes(role))
const rate = Number(values.rate)

const { rolled, requests, orders, seen, faults } = await rollingRestart({
  seed: Number(values.seed),
  ordersPerSecond: rate,
  readsPerSecond: rate,
  doubled: listed(values.twice),
  restarted: listed(values.only),
  quietWithinMs: 600_000,
  report: (line) => print(`${((Date.now() - began) / 1000).toFixed(0).padStart(5)} s  ${line}`),
})
print(`\n${rollingTable(rolled)}\n`)
print(`${requests} requests, ${orders} orders, ${seen.reads} reads, ${seen.followed} orders followed by a stream`)
for (const one of faults) print(one)
print(faults.length === 0 ? 'nothing failed, nothing lost, verify clean' : `${faults.length} faults`)
process.exit(faults.length === 0 ? 0 : 1)
