import { parseArgs } from 'node:util'
import { seeded } from '../platform/seeded.ts'
import { drawn, matrix } from './faults/all.ts'
import { faultsIn, run } from './run.ts'
import { table } from './table.ts'
import { openWorld } from './world.ts'

const { values } = parseArgs({
  options: {
    /** For so long faults are begun. */
    minutes: { type: 'string', default: '4' },
    seed: { type: 'string', default: '1' },
    /** Orders per second. */
    rate: { type: 'string', default: '5' },
    /** Instead of a draw: killed at each line that counts, in each process that passes it, once. */
    matrix: { type: 'boolean', default: false },
    /** Only faults whose name this regular expression finds. */
    only: { type: 'string', default: '' },
  },
})
const [minutes, seed, ordersPerSecond] = [Number(values.minutes), Number(values.seed), Number(values.rate)]
/** Where everything else waits for one process, nobody waits for a deadline as well. */
const isPatient = !values.matrix
const only = new RegExp(values.only)
const began = Date.now()
const print = (text: string): void => void process.stdout.write(`${text}\n`)
const report = (line: string): void => print(`${((Date.now() - began) / 1000).toFixed(0).padStart(5)} s  ${line}`)

process.exit(await main())

/** @returns 0 where nothing was lost, doubled or wrong; 1 where something was. */
async function main(): Promise<number> {
  const world = await openWorld({ seed, paymentDeadlineSeconds: isPatient ? 90 : 300, report })
  let keepLogs = true
  try {
    const schedule = values.matrix
      ? { rounds: matrix(only) }
      : { rounds: drawn(seeded(seed), only), endAt: Date.now() + minutes * 60_000 }
    const result = await run(world, { ...schedule, ordersPerSecond, isPatient, quietWithinMs: 240_000 })
    print(`\n${table(result.incidents, result.outcomes, result.findings)}\n`)
    const faults = faultsIn(result)
    for (const one of faults) print(one)
    const again = process.argv.slice(2).filter((arg, at, all) => arg !== '--seed' && all[at - 1] !== '--seed')
    print(`verify: ${result.findings.length} findings. Again: npm run chaos -- ${again.join(' ')} --seed ${seed}`)
    keepLogs = faults.length > 0
    return keepLogs ? 1 : 0
  } finally {
    if (keepLogs) print(`The logs stay in ${world.logDir}`)
    await world.close({ keepLogs })
  }
}
