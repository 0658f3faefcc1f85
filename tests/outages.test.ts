import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startSystem, type System } from '../stack/system.ts'
import { size } from './support/size.ts'
import { available, newProduct, type Person, register, signInAdmin, types } from './support/shop.ts'

let dir: string
let system: System
let admin: Person
let customer: Person
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'holdfast-outages-'))
  // Servers of its own: one is frozen. Deadlines as outside demo mode, so that an outage only delays.
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
