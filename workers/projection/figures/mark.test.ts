import { expect, it } from 'vitest'
import type { OrderStatus } from '../../../domain/order.ts'
import { orderId } from '../../../domain/ids.ts'
import { touched } from './mark.ts'

const one = orderId('11111111-1111-4111-8111-111111111111')
const other = orderId('22222222-2222-4222-8222-222222222222')
const view = (id: string, placedAt: string) => ({ order: { id, placedAt } })
const event = (id: typeof one, status: OrderStatus) => ({
  orderId: id,
  data: { status, actor: { kind: 'system', id: 'saga' } as const },
})
const ten = Date.parse('2030-01-01T10:00:00.000Z')

it('an order changes the minute in which it was placed, whenever that was', () => {
  const views = [view(one, '2030-01-01T10:00:59.999Z'), view(other, '2030-01-01T10:01:00.000Z')]
  const events = [event(one, 'processing'), event(other, 'confirmed')]
  expect([...touched(views, events)]).toEqual([
    [ten, true],
    [ten + 60_000, true],
  ])
})

it('on its way, only what it is now changes', () => {
  const views = [view(one, '2030-01-01T10:00:00.000Z')]
  expect([...touched(views, [event(one, 'dispatched'), event(one, 'delivered')])]).toEqual([[ten, false]])
  expect([...touched(views, [event(one, 'confirmed'), event(one, 'dispatched')])]).toEqual([[ten, true]])
})

it('one order of a minute that changes more is enough', () => {
  const views = [view(one, '2030-01-01T10:00:01.000Z'), view(other, '2030-01-01T10:00:02.000Z')]
  for (const order of [views, views.toReversed()]) {
    expect([...touched(order, [event(one, 'failing'), event(other, 'delivered')])]).toEqual([[ten, true]])
  }
})
