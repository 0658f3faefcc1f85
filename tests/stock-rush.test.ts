import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { readConfig } from '../platform/config.ts'
import { openDatabase } from '../platform/database.ts'
import type { System } from '../stack/system.ts'
import { checkStock } from '../workers/stock/check.ts'
import type { StockTables } from '../workers/stock/tables.ts'
import { startOwnSystem } from './support/own-system.ts'
import { newProduct, type Person, register, signInAdmin } from './support/shop.ts'
import { size } from './support/size.ts'

let system: System
let customer: Person
let sku: string
beforeAll(async () => {
  // so long that no step times out on a machine that is full
  system = await startOwnSystem({ STEP_DEADLINE_SECONDS: '600' })
  const admin = await signInAdmin(system.apiUrl)
  customer = await register(system.apiUrl)
  sku = await newProduct(admin, units)
})
afterAll(() => system.stop())

const orders = size(120, 400)
const units = orders / 4

describe('four orders for each unit there is', () => {
  it('get exactly what there is, and the ledger says so', async () => {
    const took: number[] = []
    const place = async (): Promise<string> => {
      const from = performance.now()
      const { body, status } = await customer.place({ sku })
      took.push(performance.now() - from)
      expect(status).toBe(201)
      return body.id
    }
    const ids: string[] = []
    for (let sent = 0; sent < orders; sent += 40) ids.push(...(await Promise.all(Array.from({ length: 40 }, place))))
    const ends: string[] = []
    for (const id of ids) {
      await vi.waitFor(
        async () => {
          const { status } = await customer.order(id)
          expect(['delivered', 'rejected']).toContain(status)
          ends.push(status)
        },
        { timeout: 300_000, interval: 500 },
      )
    }
    expect(ends.filter((end) => end === 'delivered')).toHaveLength(units)
    expect(ends.filter((end) => end === 'rejected')).toHaveLength(orders - units)

    const database = openDatabase<StockTables>(readConfig(system.env), 'stock', 1)
    const level = await database.selectFrom('stock_level').selectAll().where('sku', '=', sku).executeTakeFirst()
    // one delivery, then a reservation and a commit for each
    expect(level).toMatchObject({ available: 0, reserved: 0, version: 1 + 2 * units })
    expect(await checkStock(database)).toEqual([])
    await database.destroy()
    const sorted = took.toSorted((a, b) => a - b)
    process.stdout.write(
      `accepted: p50 ${sorted[Math.floor(orders / 2)]?.toFixed()} ms, p99 ${sorted[Math.floor(orders * 0.99)]?.toFixed()} ms\n`,
    )
  }, 400_000)
})
