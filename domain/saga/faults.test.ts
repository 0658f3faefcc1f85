import { describe, expect, it } from 'vitest'
import type { OrderEvent } from './event.ts'
import { undoingFaults } from './faults.ts'
import { defineStep, makePlan } from './plan.ts'
import { drive, invent, retryPolicy } from './testing.ts'

/** There is nothing to undo about `ask`. */
const ask = defineStep({
  name: 'ask',
  participant: 'staff',
  completed: 'order.asked',
  rejected: 'order.refused',
  deadlineMs: 1000,
})
const plan = makePlan([[ask], [invent('pack')]], { retry: retryPolicy })

function cancelled() {
  const order = drive(plan)
  order.completes('ask', 'pack')
  order.cancels()
  order.undoes('pack')
  return order
}

// that no order ever has another fault is shown with the saga's other properties
describe('the undoing of an order that is over', () => {
  it('leaves out what has nothing to undo', () => {
    const order = cancelled()
    expect(order.saga().status).toBe('cancelled')
    expect(undoingFaults(order.saga(), order.events)).toEqual([])
  })

  it('is missed where no proof came', () => {
    const order = cancelled()
    const unproven = order.events.map((event): OrderEvent =>
      event.type === 'order.pack_undone' ? { ...event, data: { ...event.data, outcome: 'stuck' } } : event,
    )
    expect(undoingFaults(order.saga(), unproven)).toEqual(['pack was not undone'])
  })
})
