import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client, Connection } from '@temporalio/client'
import { roles } from '../stack/processes.ts'
import { startSystem } from '../stack/system.ts'

/**
 * A steady load on a system of its own: `npm run bench:steady -- 5 60` is 5 orders/s for 60 s, after a warm-up of 15 s.
 * Prints times in ms, memory in MB, and what one order costs in history events and workflow tasks.
 */
const [perSecond = 5, seconds = 60] = process.argv.slice(2).map(Number)
const warmUpSeconds = 15

const dir = await mkdtemp(join(tmpdir(), 'holdfast-bench-'))
const system = await startSystem({
  logDir: dir,
  env: { DEMO: '1', LOG_LEVEL: 'warn', CARRIER_DISPATCH_DELAY_MS: '0', CARRIER_DELIVERY_DELAY_MS: '0' },
})

type Session = { readonly accessToken: string }
type Order = { readonly id: string; readonly status: string }
type HistoryEvent = {
  readonly workflowExecutionSignaledEventAttributes?: { readonly signalName?: string | null } | null
  readonly workflowTaskCompletedEventAttributes?: object | null
}
type Event = { readonly type: string; readonly occurredAt: string }

async function call<Body>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(`${system.apiUrl}${path}`, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
  return (await response.json()) as Body
}

const login = { email: 'customer@demo.test', password: 'customer-demo-1' }
const { accessToken } = await call<Session>('POST', '/v1/auth/login', login)
const authorization = { authorization: `Bearer ${accessToken}` }
const skus = ['MUG-CLASSIC', 'CAP-NAVY', 'PEN-GEL-05', 'LAMP-DESK', 'BOTTLE-STEEL']

/** @returns milliseconds from the request until its settled answer, as a caller with `Prefer: wait` sees it. */
async function place(index: number): Promise<{ readonly id: string; readonly settled: number }> {
  const order = {
    lines: [{ sku: skus[index % skus.length], quantity: 1 }],
    shippingAddress: { name: 'Ada Example', line1: 'Street 1', city: 'Berlin', postalCode: '10115', country: 'DE' },
    paymentMethod: 'pm_card_visa',
  }
  const begun = performance.now()
  const { id } = await call<Order>('POST', '/v1/orders', order, { ...authorization, prefer: 'wait=30' })
  return { id, settled: performance.now() - begun }
}

async function load(count: number) {
  const placed: Promise<{ readonly id: string; readonly settled: number }>[] = []
  const begun = performance.now()
  for (let index = 0; index < count; index += 1) {
    placed.push(place(index))
    await new Promise((resolve) => setTimeout(resolve, begun + ((index + 1) * 1000) / perSecond - performance.now()))
  }
  return Promise.all(placed)
}

const quantile = (values: readonly number[], part: number): number => {
  const sorted = values.toSorted((a, b) => a - b)
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN)
}
const spread = (values: readonly number[]) =>
  `p50 ${quantile(values, 0.5)}  p95 ${quantile(values, 0.95)}  p99 ${quantile(values, 0.99)}`

await load(perSecond * warmUpSeconds)
const results = await load(perSecond * seconds)
const confirmed: number[] = []
for (const { id } of results) {
  const { items } = await call<{ items: readonly Event[] }>(
    'GET',
    `/v1/orders/${id}/timeline`,
    undefined,
    authorization,
  )
  const at = (type: string) => Date.parse(items.find((event) => event.type === type)?.occurredAt ?? '')
  if (!Number.isNaN(at('order.confirmed'))) confirmed.push(at('order.confirmed') - at('order.placed'))
}
console.log(`${results.length} orders at ${perSecond}/s, ms`)
console.log(`  request to settled answer   ${spread(results.map(({ settled }) => settled))}`)
console.log(`  placed to confirmed (events) ${spread(confirmed)}`)

const connection = await Connection.connect({ address: system.env['TEMPORAL_ADDRESS'] ?? '' })
const { workflow } = new Client({ connection })
const counts: { readonly events: number; readonly tasks: number }[] = []
for (const { id } of results.slice(-20)) {
  await workflow.getHandle(id).result()
  const history: { readonly events?: readonly HistoryEvent[] | null } = await workflow.getHandle(id).fetchHistory()
  const events = history.events ?? []
  const parcel = events.findIndex(
    (event) => event.workflowExecutionSignaledEventAttributes?.signalName === 'parcelMoved',
  )
  const before = events.slice(0, parcel)
  const isTask = (event: HistoryEvent) => Boolean(event.workflowTaskCompletedEventAttributes)
  counts.push({ events: before.length, tasks: before.filter(isTask).length })
}
console.log(
  `  history to confirmed: events ${spread(counts.map(({ events }) => events))}, workflow tasks ${spread(counts.map(({ tasks }) => tasks))}`,
)
await connection.close()

const rss = (pid: number | undefined): string => {
  const status = pid === undefined ? '' : readFileSync(`/proc/${pid}/status`, 'utf8')
  return `${Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024)} MB`
}
console.log(`  memory: ${roles.map((role) => `${role} ${rss(system.process(role).pid())}`).join(', ')}`)
const { database, kafka, temporal } = system.servers
console.log(`  servers: database ${rss(database.pid())}, Kafka ${rss(kafka.pid())}, Temporal ${rss(temporal.pid())}`)
await system.stop()
await rm(dir, { recursive: true, force: true })
