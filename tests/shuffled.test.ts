import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { anOrder } from '../domain/saga/testing.ts'
import { orderId, sku as asSku } from '../domain/ids.ts'
import type { Action } from '../domain/saga/event.ts'
import type { ReceivedEvent } from '../events/envelope.ts'
import { readConfig } from '../platform/config.ts'
import { openDatabase } from '../platform/database.ts'
import { makeLog } from '../platform/log.ts'
import { roles } from '../stack/processes.ts'
import type { System } from '../stack/system.ts'
import { makeHandler } from '../workers/participant/handle.ts'
import { makeWork } from '../workers/stock/reservations.ts'
import type { StockTables } from '../workers/stock/tables.ts'
import { startOwnSystem } from './support/own-system.ts'
import { available, newProduct, type OrderWish, type Person, register, signInAdmin } from './support/shop.ts'
import { stockAsk } from './support/stock.ts'
import { verify } from './support/verify.ts'

let system: System
let admin: Person
let customer: Person
beforeAll(async () => {
  // no deadline may pass on a slow machine: then an order would end otherwise, and rightly so
  system = await startOwnSystem({ CONSUMER_SHUFFLE_SEED: '7', STEP_DEADLINE_SECONDS: '300' }, roles)
  admin = await signInAdmin(system.apiUrl)
  customer = await register(system.apiUrl)
})
afterAll(() => system.stop())

type Wish = Omit<OrderWish, 'sku'> & { readonly times: number; readonly end: string; readonly cancels?: true }

const wishes: readonly Wish[] = [
  { times: 10, end: 'delivered' },
  { times: 4, end: 'delivered', paymentMethod: 'pm_sim_timeoutThenCharged' },
  { times: 3, end: 'delivered', paymentMethod: 'pm_sim_webhook' },
  { times: 4, end: 'rejected', paymentMethod: 'pm_card_visa_chargeDeclined' },
  { times: 4, end: 'rejected', quantity: 999 },
  { times: 3, end: 'rejected', country: 'ZZ' },
  { times: 2, end: 'cancelled', paymentMethod: 'pm_sim_noAnswer', cancels: true },
]

describe('every event delivered one to three times, shuffled across orders', () => {
  it('ends every order as if it had come once, with one effect per event', async () => {
    const sku = await newProduct(admin, 500)
    const orders = wishes.flatMap(({ times, end, cancels, ...wish }) =>
      Array.from({ length: times }, async () => {
        const { id } = (await customer.place({ sku, ...wish })).body
        if (cancels) expect((await customer.call('POST', `/v1/orders/${id}/cancellation`, {})).status).toBe(202)
        return { id, end }
      }),
    )
    const placed = await Promise.all(orders)
    await Promise.all(placed.map(({ id, end }) => customer.until(id, end, 150_000)))
    const delivered = placed.filter(({ end }) => end === 'delivered')
    expect(await available(customer, sku)).toBe(500 - delivered.length)
    for (const { id } of placed) {
      const told = (await customer.timeline(id)).flatMap(({ data: { step, action, round, outcome } }) =>
        outcome === 'completed' || outcome === 'rejected' ? [JSON.stringify([step, action, round])] : [],
      )
      expect(told).toEqual([...new Set(told)])
    }
    expect(await verify(system)).toMatchObject({ code: 0, looked: { endings: placed.length } })
  }, 200_000)

  it('does what was refused the first time not the second, within one batch', async () => {
    const sku = await newProduct(admin, 1)
    const database = openDatabase<StockTables>(readConfig(system.env), 'stock', 1)
    const answers: unknown[] = []
    const handle = makeHandler({
      name: 'stock',
      database,
      signaller: {
        answered: async (id, { action, outcome }) => void answers.push([id, action, outcome]),
        moved: () => Promise.resolve(),
        deadLettered: () => Promise.resolve(),
      },
      log: makeLog({ LOG_LEVEL: 'silent' }, 'test'),
      work: makeWork(
        () => undefined,
        () => undefined,
      ),
      inboxKeptMs: 3_600_000,
      answersAtOnce: false,
    })
    const [first, second] = [crypto.randomUUID(), crypto.randomUUID()]
    await handle([asked(first, sku, 'perform')])
    // the last unit comes free between a refusal and its repetition
    const refused = asked(second, sku, 'perform')
    await handle([refused, asked(first, sku, 'compensate'), refused])
    expect(answers).toEqual([
      [first, 'perform', 'completed'],
      [second, 'perform', 'rejected'],
      [first, 'compensate', 'completed'],
    ])
    expect(await available(customer, sku)).toBe(1)
    await database.destroy()
  })
})

function asked(id: string, sku: string, action: Action): ReceivedEvent {
  const lines = anOrder.lines.slice(0, 1).map((line) => ({ ...line, sku: asSku(sku), quantity: 1 }))
  const order = { ...anOrder, id: orderId(id), lines }
  const data = { status: 'processing' as const, actor: { kind: 'system' as const, id: 'test' }, order }
  return {
    id: `${id}:${action}`,
    type: 'order.placed',
    orderId: order.id,
    sequence: 1,
    time: anOrder.placedAt,
    data: { ...data, asks: [stockAsk(action)] },
    hash: action.padEnd(43, '.'),
  }
}
