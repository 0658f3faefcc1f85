import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { startSystem, type System } from '../stack/system.ts'
import { size } from './support/size.ts'
import { available, newProduct, type Person, register, signInAdmin, types } from './support/shop.ts'

let dir: string
let system: System
let admin: Person
let customer: Person
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'holdfast-outages-'))
  // Servers of its own: they are killed. Deadlines as outside demo mode, so that an outage only delays.
  const env = {
    DEMO: '1',
    STEP_DEADLINE_SECONDS: '300',
    STOCK_DEADLINE_SECONDS: '30',
    CARRIER_DISPATCH_DELAY_MS: '0',
    CARRIER_DELIVERY_DELAY_MS: '0',
  }
  system = await startSystem({ logDir: join(dir, 'logs'), env })
})
// Signed in anew for each: an outage on a slow machine may outlast an access token.
beforeEach(async () => {
  admin = await signInAdmin(system.apiUrl)
  customer = await register(system.apiUrl)
})
afterAll(async () => {
  await system.stop()
  await rm(dir, { recursive: true, force: true })
})

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** Places orders one after the other for as long as `during` takes; a 503 is counted, not an error. */
async function placeDuring(
  sku: string,
  during: Promise<unknown>,
): Promise<{ ids: string[]; refused: number; other: number[] }> {
  const [ids, other]: [string[], number[]] = [[], []]
  let refused = 0
  let over = false
  void during.finally(() => {
    over = true
  })
  while (!over) {
    const { status, body, headers } = await customer.place({ sku })
    if (status === 201) ids.push(body.id)
    else if (status === 503 && headers.get('retry-after') !== null) refused += 1
    else other.push(status)
    await sleep(200)
  }
  await during
  return { ids, refused, other }
}

async function killedFor(name: 'kafka' | 'database' | 'temporal', ms: number): Promise<void> {
  const server = system.servers[name]
  server.kill('SIGKILL')
  await sleep(ms)
  await server.start()
}

const outageMs = size(8_000, 20_000)

describe('an outage delays orders and loses none', () => {
  it.each(['kafka', 'database', 'temporal'] as const)(
    '%s, killed and started again',
    async (name) => {
      const sku = await newProduct(admin, 1_000)
      const before = await Promise.all(Array.from({ length: 5 }, () => customer.place({ sku })))
      const { ids, refused, other } = await placeDuring(sku, killedFor(name, outageMs))
      expect(other).toEqual([]) // accepted, or told to come again
      if (name !== 'kafka') expect(refused).toBeGreaterThan(0)
      else expect(ids.length).toBeGreaterThan(size(8, 20))
      const all = [...before.map(({ body }) => body.id), ...ids]
      await Promise.all(all.map((id) => customer.until(id, 'delivered', 120_000)))
      expect(await available(customer, sku)).toBe(1_000 - all.length)
    },
    240_000,
  )
})

const inFlight = size(50, 250)

describe('Kafka away with many orders in flight', () => {
  it('neither ties up reads nor fails an order', async () => {
    const sku = await newProduct(admin, 1_000)
    system.servers.kafka.kill('SIGSTOP')
    const ids: string[] = []
    for (let wave = 0; wave < inFlight / 25; wave += 1) {
      const placed = await Promise.all(Array.from({ length: 25 }, () => customer.place({ sku })))
      expect(placed.map(({ status }) => status)).toEqual(placed.map(() => 201))
      ids.push(...placed.map(({ body }) => body.id))
    }
    const until = Date.now() + size(12_000, 30_000)
    while (Date.now() < until) {
      const read = await customer.call('GET', `/v1/orders/${ids[ids.length - 1]}`)
      expect(read.status).toBe(200)
      expect((await customer.call('GET', '/v1/orders')).status).toBe(200)
      await sleep(1_000)
    }
    system.servers.kafka.kill('SIGCONT')
    await Promise.all(ids.map((id) => customer.until(id, 'delivered', 240_000)))
    expect(await available(customer, sku)).toBe(1_000 - inFlight)
    const timeline = await customer.timeline(ids[0] ?? '')
    expect(types(timeline)).not.toContain('order.step_timed_out')
  }, 400_000)
})

describe('a stock worker killed between its commit and its signal', () => {
  it('finds the stored answer when it is back, and sends it: one reservation, one answer', async () => {
    const sku = await newProduct(admin, 10)
    await system.process('temporal').stop()
    const { body } = await customer.place({ sku })
    // The ask is on the topic once the worker has run; then Temporal freezes, so no signal can get through.
    await system.process('stock').stop()
    await system.start('temporal')
    await vi.waitFor(
      async () => expect(types(await customer.timeline(body.id))).toContain('order.payment_authorized'),
      {
        timeout: 30_000,
      },
    )
    system.servers.temporal.kill('SIGSTOP')
    await system.start('stock')
    await vi.waitFor(async () => expect(await available(customer, sku)).toBe(9), { timeout: 30_000 }) // it has committed
    system.process('stock').kill('SIGKILL')
    system.servers.temporal.kill('SIGCONT')
    await system.start('stock')
    await customer.until(body.id, 'delivered')
    expect(await available(customer, sku)).toBe(9)
    const reserved = types(await customer.timeline(body.id)).filter((type) => type === 'order.stock_reserved')
    expect(reserved).toHaveLength(1)
  })
})
