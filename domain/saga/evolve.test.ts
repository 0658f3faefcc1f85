import { describe, expect, it } from 'vitest'
import { eventId, type OrderEvent, type OrderEventData } from './event.ts'
import { evolve } from './evolve.ts'
import { anOrder, drive } from './testing.ts'

const event = (type: OrderEvent['type'], data: Partial<OrderEventData> = {}): OrderEvent => ({
  id: eventId(anOrder.id, 2),
  type,
  orderId: anOrder.id,
  sequence: 2,
  time: '2030-01-01T10:00:09.000Z',
  data: { status: 'processing', actor: { kind: 'system', id: 'saga' }, ...data },
})

describe('folding an event', () => {
  it('of an unknown type changes only what its data says', () => {
    const before = drive().saga()
    const after = evolve(before, event('order.gift_wrapped'))
    expect(after).toEqual({ ...before, status: 'processing', sequence: 2, time: '2030-01-01T10:00:09.000Z' })
  })

  it('about an unknown step leaves every step as it was', () => {
    const before = drive().saga()
    const asked = { participant: 'x', action: 'perform', round: 1, attempt: 1, deadlineAt: before.time } as const
    const data = {
      step: 'polish',
      action: 'perform',
      outcome: 'completed',
      asks: [{ step: 'polish', ...asked }],
    } as const
    expect(evolve(before, event('order.polished', data)).steps).toEqual(before.steps)
  })

  it('never changes the saga it is given', () => {
    const before = drive().saga()
    const bytes = JSON.stringify(before)
    evolve(before, event('order.fetch_done', { step: 'fetch', action: 'perform', outcome: 'completed' }))
    expect(JSON.stringify(before)).toBe(bytes)
  })

  it('forgets the answer of the old round, and counts from the first request', () => {
    const order = drive()
    order.completes('fetch', 'weigh')
    order.rejects('price')
    const first = order.step('weigh').compensation
    order.refusesUndo('weigh')
    expect(order.step('weigh').compensation.answeredAt).toBeDefined()
    order.retries('weigh')
    const { answeredAt, requestedAt, round } = order.step('weigh').compensation
    expect({ answeredAt, requestedAt, round }).toEqual({
      answeredAt: undefined,
      requestedAt: first.requestedAt,
      round: 2,
    })
  })
})
