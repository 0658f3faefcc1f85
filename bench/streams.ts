import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { Agent, get, type IncomingMessage } from 'node:http'
import { makeSseParser } from '../client/sse.ts'
import { openBench } from './context.ts'
import { printTable, quantile, rounded } from './figures.ts'
import { cpuBetween, readProcesses } from './meter.ts'
import { openShop } from './shop.ts'

/**
 * Many open streams on one API process: what they cost when nothing happens, and how long an event takes from the topic
 * to a client. `npm run bench:streams -- --streams 1000`
 */
const { values } = parseArgs({
  options: {
    streams: { type: 'string', default: '1000' },
    orders: { type: 'string', default: '10' },
    idle: { type: 'string', default: '15' },
  },
})
const [count, orders, idleSeconds] = [Number(values.streams), Number(values.orders), Number(values.idle)]

const bench = await openBench()
const { system } = bench
const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY })

async function signIn(): Promise<string> {
  const response = await fetch(`${system.apiUrl}/v1/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: 'admin@demo.test', password: 'admin-demo-1' }),
  })
  return ((await response.json()) as { readonly accessToken: string }).accessToken
}

/** When each event came, by stream; `performance.now()`. */
type Arrival = { readonly key: string; readonly at: number }
const arrivals: Arrival[] = []

/** Resolves when the server has begun to answer. */
const open = (path: string, token: string): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${token}` }
    get(`${system.apiUrl}${path}`, { agent, headers }, (answer) => {
      if (answer.statusCode !== 200) return reject(new Error(`${path}: ${answer.statusCode}`))
      const feed = makeSseParser(({ type, data }) => {
        const { orderId } = JSON.parse(data) as { readonly orderId: string }
        arrivals.push({ key: `${orderId} ${type}`, at: performance.now() })
      })
      answer.setEncoding('utf8').on('data', feed)
      answer.once('data', () => resolve(answer))
    }).once('error', reject)
  })

const apiOf = (reading = readProcesses(system)) => ({ reading, ...(reading.get('api') ?? { cpu: 0, memory: 0 }) })
const idleCpu = async (): Promise<number> => {
  const before = readProcesses(system)
  await pause(idleSeconds * 1000)
  return ((cpuBetween(before, readProcesses(system)).get('api') ?? 0) * 100) / idleSeconds
}

const token = await signIn()
const shop = await openShop(bench)
await shop.order() // everything has run once
const before = apiOf()
const idleBefore = await idleCpu()
const streams: IncomingMessage[] = []
while (streams.length < count) {
  const some = Math.min(50, count - streams.length)
  streams.push(...(await Promise.all(Array.from({ length: some }, () => open('/v1/orders/stream', token)))))
}
const opened = apiOf()
const idleOpen = await idleCpu()

const atTopic = new Map<string, number>()
const types = ['order.placed', 'order.stock_reserved', 'order.payment_authorized', 'order.confirmed', 'order.delivered']
for (let placed = 0; placed < orders; placed += 1) {
  const journey = await shop.order()
  await journey.over
  for (const type of types) atTopic.set(`${journey.id} ${type}`, await bench.follower.until(journey.id, type))
}
while (arrivals.filter(({ key }) => key.endsWith('order.delivered')).length < orders * count) await pause(100)
const after = apiOf()

const latencies = arrivals.flatMap(({ key, at }) => {
  const topic = atTopic.get(key)
  return topic === undefined ? [] : [at - topic]
})
const firsts = new Map<string, number>()
for (const { key, at } of arrivals) firsts.set(key, Math.min(at, firsts.get(key) ?? at))
const firstLatencies = [...firsts].flatMap(([key, at]) => (atTopic.has(key) ? [at - (atTopic.get(key) ?? at)] : []))

printTable(`${count} streams of all orders on one process`, [
  ['', 'without streams', 'open', `after ${orders} orders`],
  ['memory of the API, MB', rounded(before.memory), rounded(opened.memory), rounded(after.memory)],
  ['idle CPU of the API, % of a core', rounded(idleBefore, 1), rounded(idleOpen, 1), ''],
])
printTable(`From the topic to the client, ms: ${latencies.length} arrivals`, [
  ['', 'p50', 'p99', 'most'],
  ['the first stream to have it', ...[0.5, 0.99, 1].map((part) => rounded(quantile(firstLatencies, part), 1))],
  ['all streams', ...[0.5, 0.99, 1].map((part) => rounded(quantile(latencies, part), 1))],
])
for (const stream of streams) stream.destroy()
agent.destroy()
await bench.close()
process.exit(0)
