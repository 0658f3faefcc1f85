import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { connectKafka, type Kafka, withAdmin } from '../events/kafka.ts'
import { deadLettersGroup } from '../events/topics.ts'
import { type Config, readConfig } from '../platform/config.ts'
import type { DatabaseName } from '../platform/database.ts'
import { makeLog } from '../platform/log.ts'
import type { System } from '../stack/system.ts'
import { because, deadLettersFor, type Letter, type Page, path, type Whole } from './support/dead-letters.ts'
import { startOwnSystem } from './support/own-system.ts'
import { poisonPayment, rowsOf } from './support/poison.ts'
import { available, type Json, newProduct, type Person, register, signInAdmin, types } from './support/shop.ts'
import { emitUnreadable } from './support/unreadable.ts'

let system: System
let config: Config
let kafka: Kafka
let admin: Person
let customer: Person
let letters: ReturnType<typeof deadLettersFor>
beforeAll(async () => {
  system = await startOwnSystem()
  config = readConfig(system.env)
  kafka = connectKafka(config, makeLog({ LOG_LEVEL: 'silent' }, 'test'), 'test')
  admin = await signInAdmin(system.apiUrl)
  customer = await register(system.apiUrl)
  letters = deadLettersFor(admin)
})
afterAll(() => system.stop())

const rows = <Row>(name: DatabaseName, statement: string) => rowsOf<Row>(config, name, statement)
const poison = (sku: string) => poisonPayment(config, sku)
const paymentOf = (id: string) =>
  rows<{ state: string }>('payment', `SELECT state FROM payment WHERE order_id = '${id}'`)

describe('an ask that payment can not process', () => {
  it('is listed and flags its order; redriven in time, by one of two who click at once, it completes the order', async () => {
    const sku = await newProduct(admin, 5)
    const heal = await poison(sku)
    const { body: order } = await customer.place({ sku })
    const letter = await letters.letterOf(order.id, 'payment')
    expect(letter).toMatchObject({ cause: 'ER_SIGNAL_EXCEPTION', message: 'the poison of …', attempts: 3, redrives: 0 })
    await vi.waitFor(async () => expect((await customer.order(order.id)).needsAttention).toBe(true), {
      timeout: 30_000,
    })

    const { body: causes } = await admin.call<{ items: readonly Json[] }>('GET', `${path}/causes`)
    expect(causes.items).toContainEqual(
      expect.objectContaining({ group: 'payment', type: 'order.placed', cause: 'ER_SIGNAL_EXCEPTION' }),
    )
    const { body: whole } = await admin.call<Whole>('GET', `${path}/${letter.id}`)
    expect(whole.headers.map(({ name }) => name)).toContain('ce_awaits')
    expect(whole.headers.filter(({ name }) => /^(dlt|redrive)_/.test(name))).toEqual([])
    expect(JSON.parse(whole.body?.text ?? '')).toMatchObject({ order: { id: order.id } })
    expect(whole.dryRun).toEqual({ accepted: true, problem: null })

    await heal()
    const clicks = await Promise.all([letters.redrive(letter.id), letters.redrive(letter.id)])
    expect(clicks.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([202, 409])
    expect(clicks.map(({ body }) => body.code)).toContain('dead_letter_not_open')
    expect(await customer.until(order.id, 'delivered')).toMatchObject({ needsAttention: false })
    expect((await letters.redrive(letter.id)).body.code).toBe('dead_letter_not_open')
    expect(await available(customer, sku)).toBe(4)
    const { body: after } = await admin.call<Whole>('GET', `${path}/${letter.id}`)
    expect(after.acts).toEqual([
      expect.objectContaining({ kind: 'redriven', by: { kind: 'admin', id: admin.id }, ...because }),
    ])
  })

  it('that fails again is the same letter, open again; many are redriven by what they have in common', async () => {
    const sku = await newProduct(admin, 5)
    const heal = await poison(sku)
    const placed = [await customer.place({ sku }), await customer.place({ sku })].map(({ body }) => body.id)
    const found = await Promise.all(placed.map((id) => letters.letterOf(id, 'payment')))
    expect((await letters.redrive(found[0]?.id ?? '')).status).toBe(202)
    const again = await letters.letterOf(placed[0] ?? '', 'payment', { state: 'open', redrives: 1 })
    expect(again.id).toBe(found[0]?.id)

    await heal()
    const ids = [...found.map(({ id }) => id), 'payment:0:999999']
    const dry = await admin.call<{ items: readonly Json[] }>('POST', `${path}/redrive`, { ids, dryRun: true })
    expect(dry.status).toBe(200)
    expect(dry.body.items.map(({ fate }) => fate)).toEqual(['redriven', 'redriven'])
    expect((await letters.letterOf(placed[0] ?? '', 'payment')).redrives).toBe(1)
    const filter = { group: 'payment', cause: 'ER_SIGNAL_EXCEPTION', type: 'order.placed' }
    const done = await admin.call<{ items: readonly Json[]; more: boolean }>('POST', `${path}/redrive`, {
      filter,
      ...because,
    })
    expect([done.status, done.body.items.length, done.body.more]).toEqual([202, 2, false])
    await Promise.all(placed.map((id) => customer.until(id, 'delivered')))
    expect(await letters.list('group=payment&state=open')).toEqual([])
  })

  it('and is redriven after the undo meets the tombstone: nothing is paid', async () => {
    const sku = await newProduct(admin, 5)
    const heal = await poison(sku)
    const { body: order } = await customer.place({ sku })
    const letter = await letters.letterOf(order.id, 'payment')
    await customer.call('POST', `/v1/orders/${order.id}/cancellation`)
    await customer.until(order.id, 'cancelled')
    expect(await paymentOf(order.id)).toEqual([{ state: 'voided' }])
    await heal()
    expect((await letters.redrive(letter.id)).status).toBe(202)
    const task = `SELECT state FROM task WHERE order_id = '${order.id}' AND action = 'perform'`
    await vi.waitFor(async () => expect(await rows('payment', task)).toEqual([{ state: 'done' }]), { timeout: 30_000 })
    const answer = `SELECT body FROM answer WHERE order_id = '${order.id}' AND action = 'perform'`
    expect(await rows('payment', answer)).toEqual([
      {
        body: expect.objectContaining({
          outcome: 'rejected',
          reason: expect.objectContaining({ code: 'already_undone' }),
        }),
      },
    ])
    expect(await paymentOf(order.id)).toEqual([{ state: 'voided' }])
    const simulated = `SELECT state FROM simulated_payment WHERE \`key\` LIKE '${order.id}%' AND state <> 'voided'`
    expect(await rows('payment', simulated)).toEqual([])
    expect(await customer.order(order.id)).toMatchObject({ status: 'cancelled' })
    expect(await available(customer, sku)).toBe(5)
  })
})

describe('a message that no service understands', () => {
  /** As if a newer version had emitted it: an event of the order, by default the next, with a status nobody knows. */
  async function emit(id: string, status = 'polished', ahead = 1): Promise<number> {
    const sequence = (await customer.timeline(id)).length + ahead
    const value = JSON.stringify({ status, actor: { kind: 'system', id: 'saga' } })
    await emitUnreadable(config, id, sequence, value)
    return sequence
  }

  it('can be sent with other data, and only that; the difference is kept', async () => {
    const sku = await newProduct(admin, 5)
    const { body: order } = await customer.place({ sku })
    await customer.until(order.id, 'delivered')
    const sequence = await emit(order.id)
    const letter = await letters.letterOf(order.id, 'projection')
    expect(letter).toMatchObject({ cause: 'UnreadableMessage', eventId: `${order.id}:${sequence}` })

    expect((await letters.redrive(letter.id)).body.code).toBe('dead_letter_unreadable')
    const data = { status: 'delivered', actor: { kind: 'system', id: 'saga' } }
    const refused = [
      { ...data, status: 'shiny' },
      { ...data, order: { id: '00000000-0000-4000-8000-000000000000' } },
      { ...data, status: 'polished' },
    ]
    for (const bad of refused) expect((await letters.redrive(letter.id, { data: bad })).status).toBe(422)
    const sent = await letters.redrive(letter.id, { data })
    expect(sent.status).toBe(202)
    const difference = [{ pointer: '/status', before: 'polished', after: 'delivered' }]
    expect(sent.body.acts).toEqual([expect.objectContaining({ difference })])
    await vi.waitFor(
      async () => expect(types(await customer.timeline(order.id))[sequence - 1]).toBe('order.deadline_changed'),
      { timeout: 30_000 },
    )
    expect(await customer.order(order.id)).toMatchObject({ status: 'delivered', version: sequence })
  })

  it('makes letters of what follows in the projection too; redriven in their order, the view is whole', async () => {
    const sku = await newProduct(admin, 5)
    const { body: order } = await customer.place({ sku })
    const { version } = await customer.until(order.id, 'delivered')
    await emit(order.id)
    const first = await letters.letterOf(order.id, 'projection')
    await emit(order.id, 'delivered', 2)
    const byOrder = `orderId=${order.id}&group=projection`
    const behind = await vi.waitFor(
      async () => {
        const found = (await letters.list(byOrder)).find(({ id }) => id !== first.id)
        expect(found).toMatchObject({ state: 'open', cause: 'Error' })
        return found as Letter
      },
      { timeout: 30_000, interval: 200 },
    )
    expect((await letters.redrive(behind.id)).status).toBe(202) // too early
    const isOpenAgain = expect.objectContaining({ id: behind.id, state: 'open', redrives: 1 })
    await vi.waitFor(async () => expect(await letters.list(byOrder)).toContainEqual(isOpenAgain), { timeout: 30_000 })
    const data = { status: 'delivered', actor: { kind: 'system', id: 'saga' } }
    expect((await letters.redrive(first.id, { data })).status).toBe(202)
    const rest = { filter: { orderId: order.id, group: 'projection' }, ...because }
    expect((await admin.call('POST', `${path}/redrive`, rest)).status).toBe(202)
    await vi.waitFor(async () => expect((await customer.order(order.id)).version).toBe(version + 2), {
      timeout: 30_000,
    })
    expect(await letters.list(`${byOrder}&state=open`)).toEqual([])
  })

  it('is discarded with a reason, and that is the end of it', async () => {
    const sku = await newProduct(admin, 5)
    const { body: order } = await customer.place({ sku })
    await customer.until(order.id, 'delivered')
    await emit(order.id)
    const { id } = await letters.letterOf(order.id, 'projection')
    expect((await admin.call('POST', `${path}/${id}/discard`, {})).status).toBe(422)
    expect((await admin.call<Whole>('POST', `${path}/${id}/discard`, because)).body.state).toBe('discarded')
    expect((await letters.redrive(id)).body.code).toBe('dead_letter_not_open')
    expect((await letters.list('state=discarded')).map((one) => one.id)).toEqual([id])
    const { body: audit } = await admin.call<{ items: readonly Json[] }>('GET', `/v1/admin/audit?target=${id}`)
    expect(audit.items.map(({ outcome }) => outcome)).toEqual(['refused', 'done', 'refused'])
  })
})

describe('the list', () => {
  it('is for staff, page by page', async () => {
    expect((await customer.call('GET', path)).status).toBe(403)
    expect((await customer.call('POST', `${path}/x/redrive`, because)).status).toBe(403)
    expect((await letters.redrive('payment:0:999999')).status).toBe(404)
    const all = await letters.list('limit=100')
    const first = await admin.call<Page>('GET', `${path}?limit=2`)
    const rest = await admin.call<Page>('GET', `${path}?limit=100&cursor=${first.body.nextCursor ?? ''}`)
    expect([...first.body.items, ...rest.body.items]).toEqual(all)
  })

  it('made anew from the topics is what it was', async () => {
    const before = await letters.list('limit=100')
    expect(before.length).toBeGreaterThan(4)
    await system.process('projection').stop()
    await rows('orders', 'DELETE FROM dead_letter')
    await withAdmin(kafka, (kafkaAdmin) => kafkaAdmin.deleteGroups([deadLettersGroup(config)]))
    await system.start('projection')
    await vi.waitFor(async () => expect(await letters.list('limit=100')).toEqual(before), {
      timeout: 60_000,
      interval: 300,
    })
  })
})

describe('an outage of one service’s database', () => {
  it('makes no letters: the group stands still, says since when and why, and goes on by itself', async () => {
    const sku = await newProduct(admin, 5)
    await rows('stock', 'RENAME TABLE inbox TO inbox_away')
    const { body: order } = await customer.place({ sku })
    type Health = { readonly group: string; readonly lag: number; readonly standsStill?: Json }
    const healthOf = async () => {
      const { body } = await admin.call<{ consumers?: readonly Health[] }>('GET', `/v1/orders/${order.id}/saga`)
      return body.consumers?.find(({ group }) => group === 'stock')
    }
    await vi.waitFor(async () => expect((await healthOf())?.standsStill?.['cause']).toBe('ER_NO_SUCH_TABLE'), {
      timeout: 30_000,
      interval: 300,
    })
    expect((await healthOf())?.lag).toBeGreaterThan(0)
    await rows('stock', 'RENAME TABLE inbox_away TO inbox')
    await customer.until(order.id, 'delivered')
    expect(await letters.list('group=stock')).toEqual([])
  })
})
