import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { System } from '../stack/system.ts'
import { startOwnSystem } from './support/own-system.ts'
import { openProgram } from './support/program.ts'
import { available, newProduct, type Person, register, signIn, signInAdmin, types } from './support/shop.ts'

let system: System
let admin: Person
let second: Person
let customer: Person
beforeAll(async () => {
  system = await startOwnSystem({
    RETRY_SECONDS: '1',
    RETRY_ATTEMPTS: '2',
    APPROVAL_ABOVE_MINOR: '50000',
    PROVIDER_TIMEOUT_SECONDS: '1',
  })
  admin = await signInAdmin(system.apiUrl)
  second = await signIn(system.apiUrl, 'admin2@demo.test', 'admin-demo-2')
  customer = await register(system.apiUrl)
})
afterAll(() => system.stop())

type Told = { readonly code?: string; readonly status?: string }
type Saga = {
  readonly headline: string
  readonly waitingFor: readonly { readonly step: string; readonly until: string }[]
  readonly consumers?: readonly { readonly group: string; readonly members: number; readonly lag: number }[]
  readonly resolutions?: readonly { readonly number: number; readonly state: string }[]
  readonly steps: readonly {
    readonly step: string
    readonly settlement: { readonly state: string } | null
    readonly compensation: { readonly state: string }
  }[]
}

const post = (by: Pick<Person, 'call'>, id: string, what: string, body: unknown = {}) =>
  by.call<Told>('POST', `/v1/admin/orders/${id}/${what}`, body)
const saga = async (by: Person, id: string) => (await by.call<Saga>('GET', `/v1/orders/${id}/saga`)).body
const waitsFor = (id: string, step: string) =>
  vi.waitFor(
    async () => {
      const found = (await saga(admin, id)).waitingFor.find((one) => one.step === step)
      expect(found).toBeDefined()
      return found
    },
    { timeout: 20_000, interval: 50 },
  )

describe('a capture that the bank refuses to the last', () => {
  it('is done by hand when a second admin agrees, and then moves no money any more', async () => {
    const { body } = await customer.place({ sku: await newProduct(admin, 5), paymentMethod: 'pm_sim_captureFails' })
    await vi.waitFor(async () => expect((await customer.order(body.id)).needsAttention).toBe(true), { timeout: 30_000 })
    expect((await saga(admin, body.id)).headline).toContain('Needs a person: payment could not capture')

    const byHand = { step: 'payment', action: 'doneByHand', note: 'Booked at the bank, ref. 4711' }
    expect((await post(customer, body.id, 'resolutions', byHand)).status).toBe(403)
    const robot = await openProgram(system.apiUrl, admin, ['admin'])
    expect((await post(robot, body.id, 'resolutions', byHand)).body.code).toBe('forbidden')
    expect((await post(admin, body.id, 'resolutions', byHand)).status).toBe(202)
    expect((await post(admin, body.id, 'resolutions', byHand)).body.code).toBe('resolution_requested')
    expect((await post(admin, body.id, 'resolutions/1/approval')).body.code).toBe('second_admin_needed')
    expect((await post(second, body.id, 'resolutions/7/approval')).body.code).toBe('no_such_resolution')
    expect((await post(second, body.id, 'resolutions/1/approval')).status).toBe(202)

    const { payment, needsAttention } = await customer.until(body.id, 'delivered')
    expect([payment?.['status'], needsAttention]).toEqual(['captured', false])
    const done = (await saga(admin, body.id)).steps.find(({ step }) => step === 'payment')
    expect(done?.settlement?.state).toBe('doneByHand')
    const acts = (await admin.timeline(body.id)).filter(({ type }) => type.startsWith('order.resolution_'))
    expect(acts.map(({ type, actor }) => [type, actor])).toEqual([
      ['order.resolution_requested', `admin:${admin.id}`],
      ['order.resolution_approved', `admin:${second.id}`],
    ])
    expect(acts[0]?.data).toMatchObject({ note: 'Booked at the bank, ref. 4711' })
    expect((await post(second, body.id, 'resolutions/1/approval')).body.code).toBe('no_such_resolution')
  })
})

describe('an order above the limit', () => {
  it('waits for an admin before anything is reserved, and goes on when one says yes', async () => {
    const sku = await newProduct(admin, 5, 60_000)
    const { body } = await customer.place({ sku })
    await waitsFor(body.id, 'approval')
    expect((await saga(customer, body.id)).headline).toContain('an admin to decide on approval')
    expect(await available(customer, sku)).toBe(5)
    expect((await post(customer, body.id, 'approval', { approve: true })).status).toBe(403)
    expect((await post(admin, body.id, 'approval', { approve: true, note: 'Known customer' })).status).toBe(202)
    await customer.until(body.id, 'delivered')
    expect((await post(admin, body.id, 'approval', { approve: true })).body.code).toBe('approval_not_awaited')
    const approved = (await admin.timeline(body.id)).find(({ type }) => type === 'order.approved')
    expect(approved?.actor).toBe(`admin:${admin.id}`)
  })

  it('is rejected when the admin says no', async () => {
    const { body } = await customer.place({ sku: await newProduct(admin, 5, 60_000) })
    await waitsFor(body.id, 'approval')
    await post(admin, body.id, 'approval', { approve: false, note: 'Unknown address' })
    const { failure } = await customer.until(body.id, 'rejected')
    expect(failure).toMatchObject({ step: 'approval', code: 'not_approved' })
    expect(JSON.stringify(await customer.timeline(body.id))).not.toContain('Unknown address')
    const refused = (await admin.timeline(body.id)).find(({ type }) => type === 'order.approval_refused')
    expect(refused?.data).toMatchObject({ note: 'Unknown address' })
  })

  it('is what others are not: they have no such step', async () => {
    const { body } = await customer.place({ sku: await newProduct(admin, 5, 50_000) })
    await customer.until(body.id, 'confirmed')
    expect((await saga(admin, body.id)).steps.map(({ step }) => step)).toEqual(['stock', 'payment', 'shipping'])
    expect((await post(admin, body.id, 'approval', { approve: true })).body.code).toBe('approval_not_awaited')
  })
})

describe('an order that waits', () => {
  const silent = async () => {
    const { body } = await customer.place({ sku: await newProduct(admin, 5), paymentMethod: 'pm_sim_noAnswer' })
    await waitsFor(body.id, 'payment')
    return body.id
  }

  it('says for whom, and how they are doing', async () => {
    const id = await silent()
    const told = await vi.waitFor(async () => {
      const seen = await saga(admin, id)
      expect(seen.consumers?.map(({ group }) => group)).toEqual(['payment'])
      return seen
    })
    expect(told.consumers?.[0]?.members).toBe(1)
    expect(told.headline).toMatch(/^Waiting for payment to answer since .*, until .*\.$/)
    const forCustomer = await saga(customer, id)
    expect([forCustomer.consumers, forCustomer.resolutions]).toEqual([undefined, undefined])
  })

  it('can be given more time, or none', async () => {
    const id = await silent()
    const deadline = (deadlineAt: string, step = 'payment') =>
      post(admin, id, 'deadline', { step, deadlineAt, note: 'The bank asked for it' })
    const later = new Date(Date.now() + 3600_000).toISOString()
    expect((await deadline(later, 'shipping')).body.code).toBe('no_deadline')
    expect((await deadline('tomorrow')).status).toBe(422)
    expect((await deadline(later)).status).toBe(202)
    await vi.waitFor(async () => expect((await waitsFor(id, 'payment'))?.until).toBe(later))
    expect((await deadline(new Date().toISOString())).status).toBe(202)
    const { failure } = await customer.until(id, 'rejected')
    expect(failure).toMatchObject({ step: 'payment', code: 'timed_out' })
    expect(types(await admin.timeline(id)).filter((type) => type === 'order.deadline_changed')).toHaveLength(2)
  })

  it('says what cancelling it would undo, which is what is then undone', async () => {
    const id = await silent()
    const preview = () =>
      customer.call<{ possible: boolean; why?: string; undoes: readonly { step: string; proof: string }[] }>(
        'GET',
        `/v1/orders/${id}/cancellation`,
      )
    await vi.waitFor(async () => expect(types(await customer.timeline(id))).toContain('order.stock_reserved'))
    const { body } = await preview()
    expect(body.possible).toBe(true)
    expect(body.undoes.map(({ step }) => step)).toEqual(['stock', 'payment'])
    await customer.call('POST', `/v1/orders/${id}/cancellation`, {})
    await customer.until(id, 'cancelled')
    const timeline = types(await customer.timeline(id))
    for (const { proof } of body.undoes) expect(timeline).toContain(proof)
    expect((await preview()).body).toMatchObject({ possible: false, why: 'tooLate' })
    const stranger = await register(system.apiUrl)
    expect((await stranger.call('GET', `/v1/orders/${id}/cancellation`)).status).toBe(404)
  })
})
