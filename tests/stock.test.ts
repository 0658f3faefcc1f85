import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest'
import { readConfig } from '../platform/config.ts'
import { openDatabase } from '../platform/database.ts'
import { checkStock } from '../workers/stock/check.ts'
import type { StockTables } from '../workers/stock/tables.ts'
import {
  available,
  newProduct,
  type OrderBody,
  orderRequest,
  type Person,
  register,
  signInAdmin,
} from './support/shop.ts'

const apiUrl = inject('apiUrl')
const database = openDatabase<StockTables>(readConfig(inject('systemEnv')), 'stock', 2)
let admin: Person
let customer: Person
beforeAll(async () => {
  admin = await signInAdmin(apiUrl)
  customer = await register(apiUrl)
})
afterAll(() => database.destroy())

type Entry = {
  readonly version: number
  readonly kind: string
  readonly availableDelta: number
  readonly reservedDelta: number
  readonly onHand: number
  readonly cause: string
  readonly actor: string
  readonly reason: string | null
  readonly low: boolean
}
type Page<Item> = { readonly items: readonly Item[]; readonly nextCursor: string | null }

const ledgerOf = async (sku: string, query = ''): Promise<Page<Entry>> => {
  const { status, body } = await admin.call<Page<Entry>>('GET', `/v1/admin/products/${sku}/stock-ledger${query}`)
  expect(status).toBe(200)
  return body
}
const adjust = (sku: string, delta: number) =>
  admin.call('POST', `/v1/products/${sku}/stock-adjustments`, { delta, reason: 'Delivery' })

describe('the stock ledger', () => {
  it('has an entry for every change of a level, newest first, with who and why', async () => {
    const sku = await newProduct(admin, 5)
    const { body } = await customer.place({ sku, quantity: 2 })
    await customer.until(body.id, 'delivered')
    const other = await customer.place({ sku, paymentMethod: 'pm_card_visa_chargeDeclined' })
    await customer.until(other.body.id, 'rejected')
    const { items, nextCursor } = await ledgerOf(sku)
    expect(nextCursor).toBeNull()
    expect(
      items.map(({ version, kind, availableDelta, reservedDelta }) => [version, kind, availableDelta, reservedDelta]),
    ).toEqual([
      [5, 'released', 1, -1],
      [4, 'reserved', -1, 1],
      [3, 'committed', 0, -2],
      [2, 'reserved', -2, 2],
      [1, 'adjusted', 5, 0],
    ])
    expect(items.at(-1)).toMatchObject({ actor: admin.id, reason: 'test', onHand: 5 })
    expect(items[3]).toMatchObject({ cause: `${body.id}:stock:perform:1`, actor: 'system', reason: null })
    const page = await ledgerOf(sku, '?limit=2')
    const next = await ledgerOf(sku, `?limit=2&cursor=${page.nextCursor ?? ''}`)
    expect([...page.items, ...next.items].map(({ version }) => version)).toEqual([5, 4, 3, 2])
  })

  it('is for the staff, and only of products that there are', async () => {
    expect((await customer.call('GET', '/v1/admin/products/MUG-CLASSIC/stock-ledger')).status).toBe(403)
    expect((await admin.call('GET', '/v1/admin/products/NEVER-WAS/stock-ledger')).status).toBe(404)
    expect((await admin.call('GET', '/v1/admin/products/MUG-CLASSIC/stock-ledger?cursor=x')).status).toBe(422)
  })
})

describe('low stock', () => {
  it('is what has less available than its threshold, in a list of its own', async () => {
    const sku = await newProduct(admin, 4)
    const patched = await admin.call('PATCH', `/v1/products/${sku}`, { lowStockThreshold: 4 })
    expect(patched).toMatchObject({ status: 200, body: { sku, lowStockThreshold: 4, available: 4 } })
    const low = async () => {
      const { body } = await admin.call<Page<{ sku: string }>>('GET', '/v1/admin/stock?low=true&limit=100')
      return body.items.find((item) => item.sku === sku)
    }
    expect(await low()).toBeUndefined()
    expect((await adjust(sku, -1)).status).toBe(201)
    const level = { onHand: 3, reserved: 0, available: 3, backordered: 0, lowStockThreshold: 4, low: true }
    expect(await low()).toMatchObject(level)
    expect((await ledgerOf(sku)).items[0]).toMatchObject({ low: true, availableDelta: -1 })
    expect(await admin.call('GET', `/v1/products/${sku}`)).not.toHaveProperty('body.lowStockThreshold')
  })
})

describe('an order that may wait', () => {
  const place = async (sku: string, quantity: number): Promise<string> => {
    const request = orderRequest({ sku })
    const lines = [{ sku, quantity, allowBackorder: true }]
    const { status, body } = await customer.call<OrderBody>('POST', '/v1/orders', { ...request, lines })
    expect(status).toBe(201)
    return body.id
  }
  const waiting = (sku: string, sum: number) =>
    vi.waitFor(
      async () => {
        const { body } = await admin.call<Page<{ sku: string; backordered: number }>>(
          'GET',
          `/v1/admin/stock?limit=100`,
        )
        expect(body.items.find((item) => item.sku === sku)?.backordered).toBe(sum)
      },
      { timeout: 30_000, interval: 100 },
    )

  it('waits in the order in which it came, and goes on by itself within seconds of a delivery', async () => {
    const sku = await newProduct(admin, 0)
    const first = await place(sku, 2)
    await waiting(sku, 2)
    const second = await place(sku, 1)
    await waiting(sku, 3)
    const third = await place(sku, 1)
    await waiting(sku, 4)
    expect((await adjust(sku, 1)).body).toMatchObject({ available: 1, reserved: 0 })
    expect(await available(customer, sku)).toBe(0)
    const impatient = await customer.place({ sku })
    await customer.until(impatient.body.id, 'rejected')

    expect((await adjust(sku, 1)).body).toMatchObject({ available: 0, reserved: 2 })
    const at = Date.now()
    await vi.waitFor(async () => expect((await customer.order(first)).status).not.toBe('processing'), {
      timeout: 20_000,
    })
    process.stdout.write(`went on ${Date.now() - at} ms after the delivery\n`)
    await customer.until(first, 'delivered')

    expect((await customer.call('POST', `/v1/orders/${second}/cancellation`, {})).status).toBe(202)
    await customer.until(second, 'cancelled')
    await waiting(sku, 1)
    await adjust(sku, 1)
    await customer.until(third, 'delivered')
    expect(await checkStock(database)).toEqual([])
  })
})

describe('a table of products', () => {
  let dir: string
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'import-'))
  })
  afterAll(() => rm(dir, { recursive: true }))
  const head = 'sku,name,description,price,currency,stock,low_stock_threshold'

  async function imported(...rows: readonly string[]) {
    const file = join(dir, 'products.csv')
    await writeFile(file, [head, ...rows].join('\n'))
    const child = spawn(process.execPath, ['dist/api/import-products-main.js', file], {
      env: { ...process.env, ...inject('systemEnv') },
    })
    let output = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (output += chunk.toString()))
    const code = await new Promise((resolve) => child.once('close', resolve))
    return { code, output: output.replaceAll(`${file}:`, '').trim().split('\n') }
  }

  it('makes what is new, changes what differs, and does nothing the second time', async () => {
    const known = await newProduct(admin, 7)
    const fresh = `${known}-NEW`
    const rows = [`${known},Known,For a test,10.00,EUR,9,3`, `${fresh},Fresh,,12.90,EUR,4,`]
    expect(await imported(...rows)).toEqual({
      code: 0,
      output: [
        `${known} changed: name, lowStockThreshold, on hand 7 -> 9`,
        `${fresh} created: on hand 0 -> 4`,
        '1 created, 1 changed, 0 unchanged',
      ],
    })
    const { body } = await admin.call('GET', `/v1/products/${fresh}`)
    expect(body).toMatchObject({ name: 'Fresh', price: { amountMinor: 1290, currency: 'EUR' }, available: 4 })
    expect((await ledgerOf(known)).items[0]).toMatchObject({
      availableDelta: 2,
      reason: 'import products.csv',
      actor: 'system',
    })
    expect(await imported(...rows)).toEqual({ code: 0, output: ['0 created, 0 changed, 2 unchanged'] })
    expect((await ledgerOf(known)).items).toHaveLength(2)
  })

  it('with a bad row changes nothing, and every bad row is told', async () => {
    const known = await newProduct(admin, 7)
    const bad = await imported(`${known},Other,,10.00,EUR,9,`, 'small,X,,1.00,EUR,1,', `${known}-B,B,,1.005,EUR,1,`)
    expect(bad).toMatchObject({
      code: 1,
      output: [expect.stringMatching(/^3: sku:/), expect.stringMatching(/^4: price:/), 'Nothing was imported.'],
    })
    expect((await ledgerOf(known)).items).toHaveLength(1)
  })

  it('that counts less than what is reserved is refused as a whole', async () => {
    const known = await newProduct(admin, 3)
    const { body } = await customer.place({ sku: known, quantity: 2, paymentMethod: 'pm_sim_noAnswer' })
    await vi.waitFor(async () => expect((await ledgerOf(known)).items).toHaveLength(2), { timeout: 20_000 })
    const refused = await imported(`${known}-NEW,Fresh,,1.00,EUR,1,`, `${known},Known,,10.00,EUR,1,`)
    expect(refused).toMatchObject({
      code: 1,
      output: ['3: stock: 2 are reserved for orders, more than 1', 'Nothing was imported.'],
    })
    expect((await admin.call('GET', `/v1/products/${known}-NEW`)).status).toBe(404)
    await customer.until(body.id, 'rejected')
  })

  const upload = (table: { name: string; csv: string }, key?: string) =>
    admin.call<{ products: readonly { was: string }[]; code?: string; errors?: readonly { code: string }[] }>(
      'POST',
      '/v1/admin/product-imports',
      table,
      key === undefined ? {} : { 'Idempotency-Key': key },
    )

  it('that is sent again with its key is not counted again, whatever was sold meanwhile', async () => {
    const known = await newProduct(admin, 7)
    const table = { name: 'spring.csv', csv: `${head}\n${known},Known,,10.00,EUR,9,` }
    const first = await upload(table, `import-${known}`)
    expect([first.status, first.body.products.length]).toEqual([200, 1])
    const sold = { delta: -2, reason: 'sold at the door' }
    expect((await admin.call('POST', `/v1/products/${known}/stock-adjustments`, sold)).status).toBe(201)
    const again = await upload(table, `import-${known}`)
    expect([again.status, again.headers.get('Idempotency-Replayed'), again.body]).toEqual([200, 'true', first.body])
    expect(await available(admin, known)).toBe(7)
    const other = await upload({ ...table, csv: table.csv.replace('Known', 'Other') }, `import-${known}`)
    expect([other.status, other.body.code]).toEqual([422, 'idempotency_key_reused'])
    expect((await upload(table)).status).toBe(200)
    expect(await available(admin, known)).toBe(9)
  })

  it('that was refused can be mended and sent with the same key', async () => {
    const known = await newProduct(admin, 3)
    const csv = (stock: string) => `${head}\n${known},Known,,10.00,EUR,${stock},`
    const refused = await upload({ name: 'a.csv', csv: csv('2000000000') }, `mended-${known}`)
    expect(refused.status).toBe(422)
    expect((await upload({ name: 'a.csv', csv: csv('4') }, `mended-${known}`)).status).toBe(200)
  })

  it('of more rows than a request has time for is refused, and of two at once one creates', async () => {
    const many = Array.from({ length: 301 }, (_, n) => `MANY-${n},Many,,1.00,EUR,1,`)
    const { status, body } = await upload({ name: 'many.csv', csv: [head, ...many].join('\n') })
    expect([status, body.errors]).toMatchObject([422, [{ pointer: '/csv', code: 'too_many_rows' }]])
    const fresh = `${await newProduct(admin, 0)}-NEW`
    const table = { name: 'both.csv', csv: `${head}\n${fresh},Fresh,,1.00,EUR,4,` }
    const answers = await Promise.all([upload(table), upload(table)])
    const created = answers.flatMap((answer) => (answer.status === 200 ? answer.body.products : []))
    expect(created.filter(({ was }) => was === 'created')).toHaveLength(1)
    expect(await available(admin, fresh)).toBe(4)
  })
})
