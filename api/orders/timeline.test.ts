import { expect, it } from 'vitest'
import { orderId } from '../../domain/ids.ts'
import type { OrderEvent } from '../../domain/saga/event.ts'
import { timelineEntry } from './timeline.ts'

const id = orderId('33333333-3333-4333-8333-333333333333')
const event: OrderEvent = {
  id: `${id}:7`,
  type: 'order.attention_resolved',
  orderId: id,
  sequence: 7,
  time: '2026-01-01T00:00:00.000Z',
  data: {
    status: 'cancelling',
    actor: { kind: 'admin', id: 'staff-1' },
    step: 'payment',
    note: 'called the bank',
    fingerprint: 'f',
    plan: { stages: [], retry: { firstMs: 1, attempts: 1 } },
  },
}

it('tells customers what happened, but not who of the staff did it nor how the saga is built', () => {
  expect(timelineEntry(event, false)).toEqual({
    sequence: 7,
    type: 'order.attention_resolved',
    occurredAt: '2026-01-01T00:00:00.000Z',
    actor: 'admin',
    data: { status: 'cancelling', step: 'payment' },
  })
})

it('tells staff everything', () => {
  const { actor, data } = timelineEntry(event, true)
  expect(actor).toBe('admin:staff-1')
  expect(data).toMatchObject({ note: 'called the bank', fingerprint: 'f', plan: { stages: [] } })
})
