import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { System } from '../stack/system.ts'
import { sagaState } from '../workflows/messages.ts'
import { type Neighbours, openNeighbours } from './support/neighbours.ts'
import { startOwnSystem } from './support/own-system.ts'

let system: System
let shop: Neighbours
beforeAll(async () => {
  system = await startOwnSystem({}, ['temporal'])
  shop = await openNeighbours(system.env)
})
afterAll(async () => {
  await shop.close()
  await system.stop()
})

const types = (id: string) => shop.events(id).map(({ type }) => type)

async function confirmed(): Promise<string> {
  const id = await shop.start()
  await shop.answer(id, 'stock', 'perform')
  await shop.answer(id, 'payment', 'perform')
  await shop.until(id, 'order.payment_authorized')
  await shop.answer(id, 'shipping', 'perform')
  await shop.until(id, 'order.confirmed')
  return id
}

describe('an undo that is refused', () => {
  it('withdraws the cancellation of a confirmed order, which goes on to delivered', async () => {
    const id = await confirmed()
    expect(await shop.cancel(id)).toEqual({ status: 'cancelling' })
    await shop.parcel(id, 'dispatched') // it had left before
    const reason = { code: 'already_delivered', message: 'The parcel has been delivered' }
    await shop.answer(id, 'shipping', 'compensate', { outcome: 'undoRefused', reason })
    await shop.until(id, 'order.dispatched')
    await shop.answer(id, 'stock', 'commit')
    await shop.answer(id, 'payment', 'capture')
    await shop.parcel(id, 'delivered')
    await shop.until(id, 'order.delivered')
    expect(types(id)).not.toContain('order.payment_voided')
    expect(types(id).filter((type) => type === 'order.compensation_requested')).toHaveLength(1)
    await expect(shop.cancel(id)).rejects.toThrow()
  })

  it('of a failing order stops the undoing, and a person is called', async () => {
    const id = await shop.start(undefined, { shipping: 1_500 })
    await shop.answer(id, 'stock', 'perform')
    await shop.answer(id, 'payment', 'perform')
    await shop.until(id, 'order.step_timed_out')
    const reason = { code: 'already_delivered', message: 'The parcel has been delivered' }
    await shop.answer(id, 'shipping', 'compensate', { outcome: 'undoRefused', reason })
    await shop.until(id, 'order.needs_attention')
    const state = await shop.workflow.getHandle(id).query(sagaState)
    expect(state.needsAttention).toBe(true)
    expect(state.steps.map(({ compensation }) => compensation.state)).toEqual(['none', 'none', 'refused'])
    expect(state.compensations.map(({ type }) => type)).toEqual([
      'order.compensation_requested',
      'order.needs_attention',
    ])
    await shop.workflow.getHandle(id).terminate('end of the test')
  })
})

describe('bad signals', () => {
  it('are ignored, and the order goes on', async () => {
    const id = await confirmed()
    await shop.workflow.getHandle(id).signal('participantAnswered', 'nonsense')
    await shop.workflow.getHandle(id).signal('participantAnswered', { step: 'unknown', at: 'never' })
    await shop.workflow.getHandle(id).signal('parcelMoved')
    await shop.parcel(id, 'delivered') // delivered before dispatched was heard of: it implies it
    await shop.until(id, 'order.dispatched')
    await shop.answer(id, 'stock', 'commit')
    await shop.answer(id, 'payment', 'capture')
    await shop.until(id, 'order.delivered')
  })
})

describe('a step that is added to the list', () => {
  it('is asked, answers and is undone without any other file having to know', async () => {
    const { defineStep } = await import('../domain/saga/plan.ts')
    const { orderSaga } = await import('../domain/steps/index.ts')
    const fraud = defineStep({
      name: 'fraud',
      participant: 'fraud',
      completed: 'order.fraud_cleared',
      rejected: 'order.fraud_found',
      compensated: 'order.fraud_check_dropped',
      deadlineMs: 30_000,
    })
    const id = await shop.start([[fraud], ...orderSaga])
    await shop.until(id, 'order.placed')
    expect(shop.events(id)[0]?.data.asks?.map(({ step }) => step)).toEqual(['fraud'])
    await shop.answer(id, 'fraud', 'perform')
    await shop.answer(id, 'stock', 'perform')
    await shop.answer(id, 'payment', 'perform', { outcome: 'rejected', reason: { code: 'no', message: 'no' } })
    await shop.until(id, 'order.compensation_requested')
    await shop.answer(id, 'stock', 'compensate')
    await shop.until(id, 'order.stock_released')
    await shop.answer(id, 'fraud', 'compensate')
    await shop.until(id, 'order.rejected')
    expect(types(id)).toContain('order.fraud_check_dropped')
  })
})
