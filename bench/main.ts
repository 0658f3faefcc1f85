import { parseArgs } from 'node:util'
import { openBench } from './context.ts'
import { historyOf, kafkaMessages, sqlStatements } from './counts.ts'
import { median, printTable, rounded } from './figures.ts'
import { fillUp } from './fill.ts'
import { fullLoads, hotProduct, ratioOf } from './full.ts'
import { cpuBetween, memoryTogether, readProcesses } from './meter.ts'
import { inFlight, openShop } from './shop.ts'
import { steadyLoads } from './steady.ts'
import { openYardstick } from './yardstick/run.ts'

const { values: options } = parseArgs({
  options: {
    /** Orders per second of the steady loads, and how long each lasts. */
    rates: { type: 'string', default: '2,5,10,20' },
    seconds: { type: 'string', default: '20' },
    /** Orders in flight at once, how many in all, and how often. */
    lanes: { type: 'string', default: '16,64' },
    orders: { type: 'string', default: '300' },
    repeats: { type: 'string', default: '3' },
    /** So many orders at once for one product; 0: none. */
    hot: { type: 'string', default: '0' },
    /** Fills tables and topic with so many orders before all else; 0: none. */
    fill: { type: 'string', default: '0' },
    /** `confirmed`: the carrier keeps every parcel, and only what leads to a confirmed order is measured. */
    until: { type: 'string', default: 'delivered' },
    /** So many processes of each worker. */
    copies: { type: 'string', default: '1' },
    /** One line of JSON last. */
    json: { type: 'boolean', default: false },
    /** CPU profiles of our processes into this folder. */
    profile: { type: 'string' },
  },
})
const workers = ['temporal', 'stock', 'payment', 'shipping', 'projection', 'notification', 'webhook'] as const
const numbers = (text: string): readonly number[] => text.split(',').filter(Boolean).map(Number)
const [orders, repeats] = [Number(options.orders), Number(options.repeats)]

const bench = await openBench({
  profileDir: options.profile,
  until: options.until === 'confirmed' ? 'confirmed' : 'delivered',
})
const { system, config, log } = bench
const shop = await openShop(bench)
const yardstick = await openYardstick(system)

for (let copy = 2; copy <= Number(options.copies); copy += 1) {
  for (const role of workers) await system.start(role, `${role}-${copy}`)
}
if (Number(options.fill) > 0) await fillUp(bench, Number(options.fill))
// compilers warm, caches filled, every code path taken
for (const { over } of await inFlight(shop, 16, 300)) await over
await yardstick.run(64, 300)

const idleSeconds = 10
const before = { processes: readProcesses(system), sql: await sqlStatements(config) }
await new Promise((resolve) => setTimeout(resolve, idleSeconds * 1000))
const idle = cpuBetween(before.processes, readProcesses(system))
const idleSql = ((await sqlStatements(config)) - before.sql) / idleSeconds

const steady = await steadyLoads(bench, shop, numbers(options.rates), Number(options.seconds))

const from = { sql: await sqlStatements(config), kafka: await kafkaMessages(config, log), at: performance.now() }
const runs = await fullLoads(bench, shop, yardstick, { lanes: numbers(options.lanes), orders, repeats })
const placed = (runs.length + numbers(options.lanes).length) * orders
const seconds = (performance.now() - from.at) / 1000
const sql = ((await sqlStatements(config)) - from.sql - idleSql * seconds) / placed
const messages = ((await kafkaMessages(config, log)) - from.kafka) / placed

if (Number(options.hot) > 0) {
  const hot = await openShop(bench, 'MUG-CLASSIC')
  await hotProduct(bench, shop, hot, Number(options.hot))
}

const cpuOf = (name: string): number => median(runs.map(({ cpuByProcess }) => cpuByProcess.get(name) ?? 0))
printTable('By process', [
  ['', 'CPU s/1000 orders', 'idle, % of a core', 'memory, MB'],
  ...[...readProcesses(system)].map(([name, { memory }]) => [
    name,
    rounded(cpuOf(name), 1),
    rounded(((idle.get(name) ?? 0) * 100) / idleSeconds, 1),
    rounded(memory),
  ]),
])
const together = rounded(memoryTogether(system))
console.log(`\nOur processes together: ${together} MB, with the pages that they share counted once`)

if (runs.length > 0) {
  const history = await historyOf(
    config,
    runs.flatMap(({ journeys }) => journeys.slice(-5).map(({ id }) => id)),
    bench.until,
  )
  printTable(`An order, to ${bench.until}`, [
    ['history events', history.events],
    ['workflow tasks', history.workflowTasks],
    ['Kafka messages', rounded(messages, 1)],
    ['SQL statements', rounded(sql, 1)],
  ])
}

await yardstick.stop()
await bench.close()
if (options.json) {
  const result = {
    ratio: rounded(median(runs.map(ratioOf)), 3),
    confirmedPerSec: rounded(median(runs.map(({ confirmedPerSecond }) => confirmedPerSecond)), 1),
    ...(bench.until === 'delivered' && {
      deliveredPerSec: rounded(median(runs.map(({ overPerSecond }) => overPerSecond)), 1),
    }),
    cpuSecondsPer1000: rounded(median(runs.map(({ cpu }) => cpu)), 1),
    barePerSec: rounded(median(runs.map(({ bare }) => bare)), 1),
    memoryMb: together,
    steady,
  }
  console.log(JSON.stringify(result))
}
