import { parseArgs } from 'node:util'
import { rebuild } from '../workers/projection/rebuild/rebuild.ts'
import { openBench } from './context.ts'
import { rounded } from './figures.ts'
import { fillUp } from './fill.ts'

/** How fast the read model is folded anew: `npm run bench:rebuild -- --orders 50000`, two events each. */
const { values } = parseArgs({ options: { orders: { type: 'string', default: '50000' } } })

const bench = await openBench()
await fillUp(bench, Number(values.orders))
const begun = performance.now()
const { events, seconds, differences } = await rebuild(bench.config, bench.log, { dryRun: false })
const whole = (performance.now() - begun) / 1000
console.log(
  `${events} events folded anew in ${rounded(seconds)} s, ${rounded(events / seconds)}/s; with comparison and ` +
    `exchange ${rounded(whole)} s; ${differences.length} differences`,
)
await bench.close()
process.exit(0)
