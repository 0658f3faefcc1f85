import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { readConfig } from '../platform/config.ts'
import { makeLog } from '../platform/log.ts'
import { startSystem } from '../stack/system.ts'
import { historyOf, kafkaMessages, sqlStatements } from './counts.ts'
import { median, printTable, quantile, quantiles, rounded, spread } from './figures.ts'
import { followOrders } from './follower.ts'
import { cpuBetween, cpuOfProduct, readProcesses } from './meter.ts'
import { inFlight, type Journey, openShop, steadily } from './shop.ts'
import { openYardstick } from './yardstick/run.ts'

const { values: options } = parseArgs({
  options: {
    /** Orders per second of the steady loads. */
    rates: { type: 'string', default: '2,5,10,20' },
    seconds: { type: 'string', default: '20' },
    /** Orders on their way at once. */
    lanes: { type: 'string', default: '16,64' },
    orders: { type: 'string', default: '300' },
    repeats: { type: 'string', default: '3' },
    /** One line of JSON last. */
    json: { type: 'boolean', default: false },
    /** CPU profiles of our processes into this folder. */
    profile: { type: 'string' },
  },
})
const numbers = (text: string): readonly number[] => text.split(',').filter(Boolean).map(Number)
const [seconds, orders, repeats] = [Number(options.seconds), Number(options.orders), Number(options.repeats)]

const dir = await mkdtemp(join(tmpdir(), 'holdfast-bench-'))
const system = await startSystem({
  logDir: dir,
  env: { DEMO: '1', LOG_LEVEL: 'warn', CARRIER_DISPATCH_DELAY_MS: '0', CARRIER_DELIVERY_DELAY_MS: '0' },
  ...(options.profile !== undefined && { nodeArgs: ['--cpu-prof', `--cpu-prof-dir=${options.profile}`] }),
})
const config = readConfig(system.env)
const log = makeLog(config, 'bench')
const follower = await followOrders(config, log)
const shop = await openShop(system, follower)
const yardstick = await openYardstick(system)

/** A load, and what it cost from its first order placed to its last delivered. */
async function measure(load: () => Promise<readonly Journey[]>) {
  const before = readProcesses(system)
  const begun = performance.now()
  const journeys = await load()
  const confirmedIn = (performance.now() - begun) / 1000
  const delivered = await Promise.all(journeys.map((journey) => journey.delivered))
  const deliveredIn = (performance.now() - begun) / 1000
  const used = cpuBetween(before, readProcesses(system))
  const per1000 = new Map([...used].map(([name, cpu]) => [name, (cpu * 1000) / journeys.length]))
  return { journeys, delivered, confirmedIn, deliveredIn, per1000, cpu: cpuOfProduct(per1000) }
}

for (const { delivered } of await inFlight(shop, 16, 300)) await delivered
await yardstick.run(64, 200)

const idleSeconds = 10
const idleFrom = { processes: readProcesses(system), sql: await sqlStatements(config) }
await new Promise((resolve) => setTimeout(resolve, idleSeconds * 1000))
const idle = cpuBetween(idleFrom.processes, readProcesses(system))
const idleSql = ((await sqlStatements(config)) - idleFrom.sql) / idleSeconds

const steady: (readonly (string | number)[])[] = []
const steadyFigures: Record<string, Readonly<Record<string, number>>> = {}
for (const rate of numbers(options.rates)) {
  const { journeys, deliveredIn, cpu } = await measure(() => steadily(shop, rate, seconds))
  const [accepted, confirmed] = [journeys.map((one) => one.accepted), journeys.map((one) => one.confirmed)]
  steady.push([`${rate}/s`, quantiles(accepted), quantiles(confirmed), rounded(journeys.length / deliveredIn, 1), rounded(cpu, 1)])
  steadyFigures[rate] = {
    acceptP99: rounded(quantile(accepted, 0.99)),
    confirmedP50: rounded(quantile(confirmed, 0.5)),
    confirmedP99: rounded(quantile(confirmed, 0.99)),
    cpuSecondsPer1000: rounded(cpu, 1),
  }
}
if (steady.length > 0) {
  printTable(`Steady load for ${seconds} s; ms p50 / p95 / p99`, [
    ['rate', 'accepted', 'sent to confirmed', 'delivered/s', 'CPU s/1000'],
    ...steady,
  ])
}

const full: (readonly (string | number)[])[] = []
const ratios: number[] = []
const confirmedPerSec: number[] = []
const cpus: number[] = []
let costs: ReadonlyMap<string, number> = new Map()
const sample: string[] = []
const from = { sql: await sqlStatements(config), kafka: await kafkaMessages(config, log), at: performance.now() }
let placed = 0
for (const lanes of numbers(options.lanes)) {
  const rates: { accepted: number; confirmed: number; delivered: number; cpu: number; bare: number; bareCpu: number }[] = []
  const times: number[] = []
  for (let repeat = 0; repeat < repeats; repeat += 1) {
    const run = await measure(() => inFlight(shop, lanes, orders))
    const bare = await yardstick.run(lanes, orders)
    placed += orders
    sample.push(...run.journeys.slice(-5).map(({ id }) => id))
    costs = run.per1000
    times.push(...run.journeys.map(({ confirmed }) => confirmed))
    const confirmed = orders / run.confirmedIn
    rates.push({
      accepted: confirmed, // a lane places its next order when the last one is confirmed
      confirmed,
      delivered: orders / run.deliveredIn,
      cpu: run.cpu,
      bare: bare.perSecond,
      bareCpu: bare.cpuPer1000,
    })
    ratios.push(confirmed / bare.perSecond)
    confirmedPerSec.push(confirmed)
    cpus.push(run.cpu)
  }
  const column = (name: keyof (typeof rates)[number]) => spread(rates.map((rate) => rate[name]))
  const ratio = spread(rates.map(({ confirmed, bare }) => confirmed / bare), 2)
  full.push([lanes, column('confirmed'), column('delivered'), quantiles(times), column('cpu'), column('bare'), column('bareCpu'), ratio])
}
if (full.length > 0) {
  printTable(`${orders} orders with this many in flight, ${repeats} times; median (least to most)`, [
    ['in flight', 'confirmed/s', 'delivered/s', 'confirmed ms p50/95/99', 'CPU s/1000', 'bare/s', 'bare CPU', 'ratio'],
    ...full,
  ])
}

const after = readProcesses(system)
printTable('By process', [
  ['process', 'CPU s per 1000 orders', 'idle, % of a core', 'memory, MB'],
  ...[...after].map(([name, { memory }]) => [
    name,
    rounded(costs.get(name) ?? 0, 1),
    rounded(((idle.get(name) ?? 0) * 100) / idleSeconds, 1),
    rounded(memory),
  ]),
])

if (placed > 0) {
  const history = await historyOf(config, sample)
  const elapsed = (performance.now() - from.at) / 1000
  const sql = ((await sqlStatements(config)) - from.sql - idleSql * elapsed) / placed
  const messages = ((await kafkaMessages(config, log)) - from.kafka) / placed
  printTable('An order, to delivered', [
    ['history events', history.events],
    ['workflow tasks', history.workflowTasks],
    ['Kafka messages', rounded(messages, 1)],
    ['SQL statements', rounded(sql, 1)],
  ])
}

await follower.stop()
await yardstick.stop()
await system.stop()
await rm(dir, { recursive: true, force: true })
if (options.json) {
  const result = {
    ratio: rounded(median(ratios), 3),
    confirmedPerSec: rounded(median(confirmedPerSec), 1),
    cpuSecondsPer1000: rounded(median(cpus), 1),
    steady: steadyFigures,
  }
  console.log(JSON.stringify(result))
}
