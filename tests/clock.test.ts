import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest'
import type { ClockDocument } from '../api/clock/document.ts'
import { findOrderMessages } from '../events/order-messages.ts'
import { readConfig } from '../platform/config.ts'
import { makeLog } from '../platform/log.ts'
import { openTemporal } from '../platform/temporal-client.ts'
import { deadLettersFor } from './support/dead-letters.ts'
import { poisonPayment } from './support/poison.ts'
import { newProduct, type OrderWish, type Person, register, signIn, signInAdmin } from './support/shop.ts'

const apiUrl = inject('apiUrl')
const config = readConfig(inject('systemEnv'))
const temporal = openTemporal(config)
let admin: Person
let support: Person
let customer: Person
let sku: string
/** Its workflow is deleted, as retention does; the server takes its time. */
let forgotten: string
beforeAll(async () => {
  admin = await signInAdmin(apiUrl)
  support = await signIn(apiUrl, 'support@demo.test', 'support-demo-1')
  customer = await register(apiUrl)
  sku = await newProduct(admin, 50)
})
afterAll(() => temporal.close())

const clockOf = async (id: string, by = admin): Promise<ClockDocument> => {
  const { status, body } = await by.call<ClockDocument>('GET', `/v1/admin/orders/${id}/clock`)
  expect(status).toBe(200)
  return body
}
const place = async (wish: Omit<OrderWish, 'sku'> = {}): Promise<string> =>
  (await customer.place({ sku, ...wish })).body.id

type Items = ClockDocument['items']
const sourcesOf = (items: Items) => [...new Set(items.map(({ source }) => source))].toSorted()
/** Where something stands first; each has to be there. */
const places = (items: Items, whats: readonly RegExp[]): readonly number[] =>
  whats.map((what) => {
    const found = items.findIndex((item) => what.test(`${item.source} ${item.what}`))
    expect(found, `${what.source} in\n${items.map((item) => `${item.source} ${item.what}`).join('\n')}`).not.toBe(-1)
    return found
  })
const inOrder = (numbers: readonly number[]) => expect(numbers).toEqual(numbers.toSorted((a, b) => a - b))

/** Once everything has come to an end: the workflow closes a moment after the last event. */
const closed = (id: string): Promise<ClockDocument> =>
  vi.waitFor(
    async () => {
      const clock = await clockOf(id)
      expect(clock.items.map(({ what }) => what)).toContain('Workflow completed')
      return clock
    },
    { timeout: 20_000, interval: 100 },
  )

function expectSound({ items, kafka, missing }: ClockDocument): void {
  expect([kafka, missing]).toEqual(['read', []])
  expect(items.map(({ at }) => at)).toEqual(items.map(({ at }) => at).toSorted())
  for (const { ids, raw, what } of items) {
    expect(Object.values(ids).join(''), what).not.toBe('')
    expect(raw).toBeTypeOf('object')
  }
  const events = items.filter(({ source }) => source === 'kafka')
  expect(new Set(events.map(({ ids }) => ids['partition'])).size).toBe(1)
  const offsets = events.map(({ ids }) => Number(ids['offset']))
  expect(offsets).toEqual(offsets.toSorted((a, b) => a - b))
  expect(events.map(({ ids }) => ids['topic'])).toEqual(events.map(() => `${config.KAFKA_PREFIX}orders`))
}

describe('the clock of an order', () => {
  it('tells of a delivered one everything, first to last', async () => {
    const id = await place()
    await customer.until(id, 'delivered')
    const clock = await closed(id)
    expectSound(clock)
    expect(clock.headline).toMatch(/^Delivered/)
    expect(clock.temporalUrl).toContain(`/workflows/${id}`)
    expect(sourcesOf(clock.items)).toEqual(['attempt', 'kafka', 'ledger', 'signal', 'stock', 'temporal'])
    inOrder(
      places(clock.items, [
        /^temporal Workflow started/,
        /^kafka order.placed/,
        /^ledger payment:authorize/,
        /^attempt payment: payment perform completed/,
        /^signal participantAnswered: payment perform completed/,
        /^kafka order.payment_authorized/,
        /^signal parcelMoved: dispatched/,
        /^kafka order.dispatched/,
        /^ledger payment:capture/,
        /^kafka order.payment_captured/,
        /^kafka order.delivered/,
        /^temporal Workflow completed/,
      ]),
    )
    places(clock.items, [
      /^stock .* reserved: available -1/,
      /^stock .* committed/,
      /^attempt simulator: parcel delivered/,
    ])
    const types = (await admin.timeline(id)).map(({ type }) => type)
    expect(clock.items.filter(({ source }) => source === 'kafka').map(({ what }) => what)).toEqual(types)
    const { namespace, client } = temporal
    await client.workflowService.deleteWorkflowExecution({ namespace, workflowExecution: { workflowId: id } })
    forgotten = id
  })

  it('tells of a declined one what was undone', async () => {
    const id = await place({ paymentMethod: 'pm_card_visa_chargeDeclined' })
    await customer.until(id, 'rejected')
    const clock = await closed(id)
    expectSound(clock)
    inOrder(
      places(clock.items, [
        /^kafka order.placed/,
        /^attempt payment: payment perform rejected \(card_declined\)/,
        /^signal participantAnswered: payment perform rejected \(card_declined\)/,
        /^kafka order.payment_declined/,
        /^stock .* released/,
        /^kafka order.stock_released/,
        /^kafka order.rejected/,
      ]),
    )
    expect(sourcesOf(clock.items)).not.toContain('ledger')
  })

  it('tells of a cancelled one who did it, and for whom it waited', async () => {
    const id = await place({ paymentMethod: 'pm_sim_noAnswer' })
    const waiting = await vi.waitFor(
      async () => {
        const clock = await clockOf(id)
        expect(clock.waitingFor.map(({ group, behind }) => [group, typeof behind])).toEqual([['payment', 'number']])
        places(clock.items, [/^attempt payment: payment perform open, tried/])
        return clock
      },
      { timeout: 5_000, interval: 50 },
    )
    expect(waiting.headline).toMatch(
      /^Waiting for payment \(perform\) from group payment, which is \d+ behind, since \d{4}-.*Z\.$/,
    )
    expect((await admin.call('POST', `/v1/orders/${id}/cancellation`, { reason: 'asked for' })).status).toBe(202)
    await customer.until(id, 'cancelled')
    const clock = await closed(id)
    expectSound(clock)
    inOrder(
      places(clock.items, [
        /^temporal Update accepted: cancelOrder, by admin/,
        /^kafka order.cancellation_requested/,
        /^kafka order.compensation_requested/,
        /^kafka order.cancelled/,
      ]),
    )
    const acts = clock.items.filter(({ source }) => source === 'act')
    expect(acts).toMatchObject([{ what: 'POST /v1/orders/:id/cancellation by admin', ids: { actorId: admin.id } }])
    expect(acts[0]?.raw).toHaveProperty('address')
    const told = (await clockOf(id, support)).items.filter(({ source }) => source === 'act')
    expect(told[0]?.raw).not.toHaveProperty('address')
  })

  it('tells of dead letters and what was done about them', async () => {
    const poisoned = await newProduct(admin, 5)
    const heal = await poisonPayment(config, poisoned)
    const letters = deadLettersFor(admin)
    const { body } = await customer.place({ sku: poisoned })
    const letter = await letters.letterOf(body.id, 'payment')
    await heal()
    expect((await letters.redrive(letter.id)).status).toBe(202)
    const { items } = await clockOf(body.id)
    inOrder(places(items, [/^kafka order.placed/, /^deadLetter payment gave up order.placed/, /^deadLetter redriven/]))
    expect(items.find(({ source }) => source === 'deadLetter')?.ids['letterId']).toBe(letter.id)
  })

  it('finds on the topic itself what no process remembers', async () => {
    const id = await place()
    await customer.until(id, 'delivered')
    const { items, placedAt } = await closed(id)
    const events = items.filter(({ source }) => source === 'kafka')
    const { find } = findOrderMessages(config, makeLog({ LOG_LEVEL: 'silent' }, 'test'))
    const wanted = events.map(({ ids, at }) => ({ id: ids['eventId'] ?? '', time: at }))
    const placesOf = (found: Awaited<ReturnType<typeof find>>) =>
      found.messages.map(({ partition, offset, eventId }) => [String(partition), String(offset), eventId])
    const expected = events.map(({ ids }) => [ids['partition'], ids['offset'], ids['eventId']])
    expect(placesOf(await find(id, new Date(placedAt), wanted))).toEqual(expected)
    // without knowing what there is: on to the topic's end
    expect(placesOf(await find(id, new Date(placedAt), []))).toEqual(expected)
  })

  it('is for staff alone', async () => {
    const id = await place()
    expect((await customer.call('GET', `/v1/admin/orders/${id}/clock`)).status).toBe(403)
    expect((await support.call('GET', `/v1/admin/orders/${id}/clock`)).status).toBe(200)
    const nobodys = '11111111-1111-4111-8111-111111111111'
    expect((await admin.call('GET', `/v1/admin/orders/${nobodys}/clock`)).status).toBe(404)
  })

  it('says so when Temporal has its workflow no more, and tells the rest', async () => {
    const clock = await vi.waitFor(
      async () => {
        const found = await clockOf(forgotten)
        expect(found.missing).toEqual([{ source: 'temporal', why: 'gone' }])
        return found
      },
      { timeout: 100_000, interval: 500 },
    )
    expect(clock.headline).toMatch(/^Delivered/)
    expect(sourcesOf(clock.items)).toEqual(['attempt', 'kafka', 'ledger', 'stock'])
  }, 120_000)
})
