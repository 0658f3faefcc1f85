import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { System } from '../stack/system.ts'
import { startOwnSystem } from './support/own-system.ts'
import { newProduct, type Person, register, signIn, signInAdmin } from './support/shop.ts'

let system: System
let admin: Person
let second: Person
let support: Person
let customer: Person
let sku: string
beforeAll(async () => {
  system = await startOwnSystem({
    RETRY_SECONDS: '1',
    RETRY_ATTEMPTS: '1',
    PROVIDER_TIMEOUT_SECONDS: '1',
    RETURN_APPROVED_UP_TO_MINOR: '0',
  })
  admin = await signInAdmin(system.apiUrl)
  second = await signIn(system.apiUrl, 'admin2@demo.test', 'admin-demo-2')
  support = await signIn(system.apiUrl, 'support@demo.test', 'support-demo-1')
  customer = await register(system.apiUrl)
  sku = await newProduct(admin, 50)
})
afterAll(() => system.stop())

type Board = {
  readonly needsAttention: number
  readonly compensating: number
  readonly waiting: number
  readonly waitingFor: readonly { readonly step: string; readonly count: number }[]
  readonly filters: readonly { readonly id: string; readonly name: string; readonly filter: unknown }[]
}
type Item = { readonly id: string; readonly waiting?: { readonly for: readonly string[]; readonly since: string } }
type Fate = {
  readonly id: string
  readonly outcome: string
  readonly code?: string
  readonly deeds: readonly { readonly step: string; readonly action: string; readonly until?: string }[]
}
type Line = { readonly action: string; readonly target: string; readonly outcome: string; readonly detail: object }

const board = async (seconds = 0) =>
  (await support.call<Board>('GET', `/v1/admin/board?waitingLongerThan=${seconds}`)).body
const list = async (filter: string) =>
  (await support.call<{ items: readonly Item[]; nextCursor: string | null }>('GET', `/v1/orders?${filter}`)).body
const bulk = (by: Person, body: object) =>
  by.call<{ items: readonly Fate[]; code?: string }>('POST', '/v1/admin/orders/bulk', body)
const outcomes = (items: readonly Fate[]) => items.map(({ outcome, code }) => [outcome, code])
const place = async (paymentMethod?: string) =>
  (await customer.place({ sku, ...(paymentMethod !== undefined && { paymentMethod }) })).body.id

describe('the board', () => {
  it('counts and lists orders by whom they wait for, the longest first, and what is stuck', async () => {
    const silent = [await place('pm_sim_noAnswer'), await place('pm_sim_noAnswer')]
    const stuck = await place('pm_sim_captureFails')
    await vi.waitFor(
      async () => {
        const { waiting, waitingFor, needsAttention } = await board()
        expect([waiting, needsAttention]).toEqual([2, 1])
        expect(waitingFor).toEqual([{ step: 'payment', count: 2 }])
      },
      { timeout: 30_000, interval: 100 },
    )
    expect((await board(86_400)).waiting).toBe(0)
    const found = await list('waitingFor=payment&waitingLongerThan=0&limit=1')
    expect(found.items.map(({ id, waiting }) => [id, waiting?.for])).toEqual([[silent[0], ['payment']]])
    const next = await list(`waitingFor=payment&waitingLongerThan=0&limit=1&cursor=${found.nextCursor}`)
    expect(next.items.map(({ id }) => id)).toEqual([silent[1]])
    expect((await list('waitingFor=stock')).items).toEqual([])
    expect((await list('needsAttention=true')).items.map(({ id }) => id)).toEqual([stuck])
    expect((await list('deadLettered=true')).items).toEqual([])
    expect((await list('compensating=true')).items).toEqual([])
    const own = await customer.call<{ code: string }>('GET', '/v1/orders?waitingFor=payment')
    expect([own.status, own.body.code]).toEqual([422, 'validation_failed'])
  })

  it('keeps filters of one’s own, which nobody else sees', async () => {
    const wish = (seconds: number) => ({
      name: 'Late payment',
      filter: { waitingFor: 'payment', waitingLongerThan: seconds },
    })
    expect((await support.call('POST', '/v1/admin/board/filters', wish(60))).status).toBe(201)
    expect((await support.call('POST', '/v1/admin/board/filters', wish(90))).status).toBe(201)
    const [kept, ...others] = (await board()).filters
    expect([kept, others]).toEqual([{ id: kept?.id, ...wish(90) }, []])
    const path = `/v1/admin/board/filters/${kept?.id}`
    expect((await admin.call('DELETE', path)).status).toBe(404)
    expect((await support.call('DELETE', path)).status).toBe(204)
    expect((await board()).filters).toEqual([])
    for (let n = 0; n < 20; n += 1) {
      const more = { name: `Filter ${n}`, filter: { status: 'placed' } }
      expect((await support.call('POST', '/v1/admin/board/filters', more)).status).toBe(201)
    }
    const vain = { name: 'Never', filter: { status: 'placed', compensating: true } }
    expect((await support.call('POST', '/v1/admin/board/filters', vain)).status).toBe(422)
    const over = await support.call<{ code: string }>('POST', '/v1/admin/board/filters', wish(60))
    expect([over.status, over.body.code]).toEqual([409, 'too_many_order_filters'])
  })
})

describe('an act on many orders', () => {
  it('says first what it would do, does it to each whose guard lets it, and leaves a line for each', async () => {
    const silent = (await list('waitingFor=payment')).items.map(({ id }) => id)
    const [stuck = ''] = (await list('needsAttention=true')).items.map(({ id }) => id)
    const ids = [...silent, stuck, randomUUID()]
    const preview = await bulk(support, { action: 'cancel', ids, dryRun: true })
    const refusals = [
      ['refused', 'order_not_cancellable'],
      ['refused', 'not_found'],
    ]
    expect(outcomes(preview.body.items)).toEqual([['would', undefined], ['would', undefined], ...refusals])
    expect(preview.body.items[0]?.deeds).toEqual(['stock', 'payment'].map((step) => ({ step, action: 'compensate' })))
    expect((await bulk(support, { action: 'cancel', ids })).status).toBe(422)
    expect((await customer.order(silent[0] ?? '')).status).toBe('processing')

    // more time first: what runs until then or longer is not shortened by asking again
    const deadlineAt = new Date(Date.now() + 3_600_000).toISOString()
    const extend = { action: 'extend', deadlineAt, ids: silent, reason: 'The bank is slow' }
    expect((await bulk(support, extend)).status).toBe(403)
    expect(outcomes((await bulk(admin, extend)).body.items)).toEqual([
      ['done', undefined],
      ['done', undefined],
    ])
    await vi.waitFor(async () => {
      const again = await bulk(admin, { ...extend, dryRun: true })
      expect(outcomes(again.body.items)).toEqual(silent.map(() => ['refused', 'no_deadline']))
    })

    const done = await bulk(support, { action: 'cancel', ids, reason: 'The bank does not answer' })
    expect(outcomes(done.body.items)).toEqual([['done', undefined], ['done', undefined], ...refusals])
    for (const id of silent) await customer.until(id, 'cancelled')
    const lines = await admin.call<{ items: readonly Line[] }>('GET', '/v1/admin/audit?action=bulk.cancel')
    const told = new Map(lines.body.items.map(({ target, outcome }) => [target, outcome]))
    expect(lines.body.items).toHaveLength(ids.length)
    expect(ids.map((id) => told.get(id))).toEqual(['done', 'done', 'refused', 'refused'])
    expect(lines.body.items.at(0)?.detail).toMatchObject({ reason: 'The bank does not answer' })
  })

  it('asks again what is stuck', async () => {
    const [stuck = ''] = (await list('needsAttention=true')).items.map(({ id }) => id)
    const retry = { action: 'retry', ids: [stuck], reason: 'The bank is back' }
    const { body } = await bulk(admin, { ...retry, dryRun: true })
    expect(body.items).toMatchObject([{ outcome: 'would', deeds: [{ step: 'payment', action: 'capture' }] }])
    expect(outcomes((await bulk(admin, retry)).body.items)).toEqual([['done', undefined]])
  })
})

it('money that staff pay back waits for another admin', async () => {
  const id = await place()
  await customer.until(id, 'delivered')
  const refund = { amount: { amountMinor: 500, currency: 'EUR' }, reason: 'Came late' }
  const asked = await admin.call<{ status: string }>('POST', `/v1/admin/orders/${id}/refunds`, refund)
  expect([asked.status, asked.body.status]).toEqual([201, 'requested'])
  const decide = (by: Person) =>
    by.call<{ code?: string }>('POST', `/v1/admin/orders/${id}/returns/1/approval`, { approve: true })
  for (const by of [admin, support]) expect((await decide(by)).body.code).toBe('second_admin_needed')
  expect((await decide(second)).status).toBe(202)
  await vi.waitFor(
    async () => {
      const { body } = await customer.call<{ status: string }>('GET', `/v1/orders/${id}/returns/1`)
      expect(body.status).toBe('completed')
    },
    { timeout: 30_000, interval: 50 },
  )
})
