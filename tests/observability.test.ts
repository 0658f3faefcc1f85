import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { choosePorts } from '../stack/running/ports.ts'
import type { System } from '../stack/system.ts'
import { parse } from 'yaml'
import { openCollector, type SpanSeen } from './support/collector.ts'
import { namesAsked, namesServed, readMetrics, type Sample, sumOf } from './support/metrics.ts'
import { startOwnSystem } from './support/own-system.ts'
import { newProduct, type Person, register, signInAdmin } from './support/shop.ts'

let collector: Awaited<ReturnType<typeof openCollector>>
let system: System
let customer: Person
let sku: string
let ports: { readonly temporal: number; readonly projection: number }

beforeAll(async () => {
  collector = await openCollector()
  const env = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_BSP_SCHEDULE_DELAY: '200' }
  system = await startOwnSystem(env, ['stock', 'payment', 'shipping', 'api'])
  const [temporal = 0, projection = 0] = await choosePorts([undefined, undefined])
  ports = { temporal, projection }
  await Promise.all([
    system.start('temporal', 'temporal', { METRICS_PORT: String(temporal) }),
    system.start('projection', 'projection', { METRICS_PORT: String(projection) }),
  ])
  customer = await register(system.apiUrl)
  sku = await newProduct(await signInAdmin(system.apiUrl), 50)
})
afterAll(async () => {
  await system.stop()
  await collector.close()
})

const get = async (port: number, path: string) => fetch(`http://127.0.0.1:${port}${path}`)
const scrape = async (port: number): Promise<readonly Sample[]> =>
  readMetrics(await (await get(port, '/metrics')).text())

const named = (spans: readonly SpanSeen[]): readonly string[] => [
  ...new Set(spans.map(({ service, name }) => `${service}: ${name}`)),
]

describe('an order', () => {
  it('is one trace, from its request through workflow, topic, services and databases to the signals back', async () => {
    const placed = await customer.place({ sku })
    const traceId = placed.headers.get('x-request-id') ?? ''
    await customer.until(placed.body.id, 'delivered')
    const orders = `${system.env['KAFKA_PREFIX']}orders`
    const services = ['stock', 'payment', 'shipping']
    await vi.waitFor(
      () =>
        expect(named(collector.trace(traceId))).toEqual(
          expect.arrayContaining([
            'api: POST /v1/orders',
            'api: StartWorkflow:orderWorkflow',
            'temporal: RunActivity:publishEvents',
            ...[...services, 'projection'].map((service) => `${service}: process ${orders}`),
            ...services.map((service) => `${service}: transaction ${service}`),
            'payment: perform payment',
            'payment: capture payment',
            'shipping: perform shipping',
            ...services.map((service) => `${service}: SignalWorkflow:participantAnswered`),
          ]),
        ),
      { timeout: 20_000 },
    )
    const spans = collector.trace(traceId)
    const ids = new Set(spans.map(({ spanId }) => spanId))
    const roots = spans.filter(({ parentSpanId }) => parentSpanId === undefined)
    expect(named(roots)).toEqual(['api: POST /v1/orders'])
    expect(spans.filter(({ parentSpanId }) => parentSpanId !== undefined && !ids.has(parentSpanId))).toEqual([])
    const about = spans.map(({ attributes }) => attributes['holdfast.order.id']).filter((id) => id !== undefined)
    expect(new Set(about)).toEqual(new Set([placed.body.id]))
  })

  it('goes on with the trace of whoever placed it, and is left out where that is not recorded', async () => {
    const [kept, left] = ['4bf92f3577b34da6a3ce929d0e0e4736', '5bf92f3577b34da6a3ce929d0e0e4736']
    const of = (traceId: string, flags: string) => ({ traceparent: `00-${traceId}-00f067aa0ba902b7-${flags}` })
    const [first, second] = [
      await customer.place({ sku }, of(left, '00')),
      await customer.place({ sku }, of(kept, '01')),
    ]
    await customer.until(first.body.id, 'delivered')
    await customer.until(second.body.id, 'delivered')
    const signalled = 'shipping: SignalWorkflow:participantAnswered'
    await vi.waitFor(() => expect(named(collector.trace(kept))).toContain(signalled), { timeout: 20_000 })
    expect(collector.trace(kept).find(({ name }) => name === 'POST /v1/orders')?.parentSpanId).toBe('00f067aa0ba902b7')
    expect(collector.trace(left)).toEqual([])
  })
})

describe('a worker with a port', () => {
  it('says that it lives, and nothing else but its metrics', async () => {
    expect((await get(ports.projection, '/healthz')).status).toBe(200)
    expect((await get(ports.projection, '/')).status).toBe(404)
  })

  it('tells of what can go wrong before it does, so that the first time is seen as one more', async () => {
    const samples = await scrape(ports.projection)
    const valuesOf = (name: string, of: Readonly<Record<string, string>>) =>
      samples
        .filter((one) => one.name === name && Object.entries(of).every(([key, value]) => one.labels[key] === value))
        .map(({ value }) => value)
    expect(valuesOf('holdfast_saga_deadlines_total', { step: 'payment', action: 'capture' })).toEqual([0])
    expect(valuesOf('holdfast_saga_returns_total', { outcome: 'declined' })).toEqual([0])
    const failed = { group: 'projection', outcome: 'error' }
    expect(valuesOf('messaging_process_duration_seconds_count', failed)).toEqual([0])
  })

  it('counts what became of orders, by step and reason, each once', async () => {
    const before = await scrape(ports.projection)
    const declined = { paymentMethod: 'pm_card_visa_chargeDeclinedInsufficientFunds' }
    const [good, bad] = [await customer.place({ sku }), await customer.place({ sku, ...declined })]
    await customer.until(good.body.id, 'delivered')
    const { failure } = await customer.until(bad.body.id, 'rejected')
    const labels = { step: 'payment', reason: failure?.code ?? '' }
    const after = await scrape(ports.projection)
    const more = (name: string, of: Readonly<Record<string, string>>) =>
      sumOf(after, name, of) - sumOf(before, name, of)
    expect(more('holdfast_saga_orders_total', { outcome: 'placed' })).toBe(2)
    expect(more('holdfast_saga_orders_total', { outcome: 'delivered' })).toBe(1)
    expect(more('holdfast_saga_orders_total', { outcome: 'rejected', ...labels })).toBe(1)
    expect(more('holdfast_saga_steps_total', { outcome: 'rejected', ...labels })).toBe(1)
    expect(more('holdfast_saga_compensation_attempts_total', { step: 'stock', again: 'no' })).toBe(1)
    expect(more('holdfast_saga_compensations_total', { step: 'stock', outcome: 'completed' })).toBe(1)
    expect(more('holdfast_saga_confirmed_seconds_count', {})).toBe(1)
  })

  it('tells how long publishing takes, and what the Temporal SDK measures', async () => {
    const samples = await scrape(ports.temporal)
    const published = sumOf(samples, 'messaging_client_operation_duration_seconds_count', { outcome: 'ok' })
    expect(published).toBeGreaterThan(0)
    expect(sumOf(samples, 'temporal_workflow_completed_total')).toBeGreaterThan(0)
  })

  it('and the API tell how their pools are used', async () => {
    const api = readMetrics(await (await fetch(`${system.apiUrl}/metrics`)).text())
    for (const samples of [api, await scrape(ports.projection)]) {
      expect(sumOf(samples, 'db_client_connection_max', { pool: 'orders' })).toBeGreaterThan(0)
      expect(sumOf(samples, 'db_client_connection_count', { pool: 'orders' })).toBeGreaterThan(0)
    }
  })
})

describe('dashboards and alerts', () => {
  const folder = 'deploy/observability'

  it('ask for metrics that are served, and for no others', async () => {
    const urls = [...Object.values(ports).map((port) => `http://127.0.0.1:${port}`), system.apiUrl]
    const texts = await Promise.all(urls.map(async (url) => (await fetch(`${url}/metrics`)).text()))
    const served = new Set(['up', ...texts.flatMap((text) => [...namesServed(text)])])
    const asked = expressions(folder).map((expr) => ({ expr, names: namesAsked(expr) }))
    expect(asked.length).toBeGreaterThan(40)
    expect(asked.filter(({ names }) => names.length === 0)).toEqual([])
    expect(asked.filter(({ names }) => names.some((name) => !served.has(name)))).toEqual([])
  })
})

type Rules = { readonly groups: readonly { readonly rules: readonly { readonly expr: string }[] }[] }
type Dashboard = { readonly panels: readonly { readonly targets: readonly { readonly expr: string }[] }[] }

function expressions(folder: string): readonly string[] {
  const rules = parse(readFileSync(join(folder, 'rules.yml'), 'utf8')) as Rules
  const dashboards = readdirSync(join(folder, 'grafana', 'dashboards')).map(
    (file) => JSON.parse(readFileSync(join(folder, 'grafana', 'dashboards', file), 'utf8')) as Dashboard,
  )
  return [
    ...rules.groups.flatMap((group) => group.rules.map(({ expr }) => expr)),
    ...dashboards.flatMap(({ panels }) => panels.flatMap(({ targets }) => targets.map(({ expr }) => expr))),
  ]
}
