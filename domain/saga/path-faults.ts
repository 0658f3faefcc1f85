import { isOver, type OrderStatus } from '../order.ts'
import type { OrderEvent } from './event.ts'

/** Whereto each status may lead; a plan without a stage is confirmed at once. */
const ways: Readonly<Record<OrderStatus, readonly OrderStatus[]>> = {
  placed: ['processing', 'confirmed', 'cancelling', 'failing'],
  processing: ['confirmed', 'cancelling', 'failing'],
  confirmed: ['dispatched', 'cancelling'],
  dispatched: ['delivered'],
  delivered: [],
  cancelling: ['cancelled', 'confirmed', 'processing'],
  cancelled: [],
  failing: ['rejected'],
  rejected: [],
}

/** Where an order's statuses leave the state machine, read from its events alone; they have to be without a gap. */
export function pathFaults(events: readonly OrderEvent[]): readonly string[] {
  const faults: string[] = []
  const [first] = events
  if (first !== undefined && (first.type !== 'order.placed' || first.data.status !== 'placed'))
    faults.push(`it begins with ${first.type} as ${first.data.status}`)
  for (const [index, { type, sequence, data }] of events.entries()) {
    const before = events[index - 1]?.data.status ?? 'placed'
    const { status } = data
    if (index > 0 && isOver(before)) faults.push(`${sequence}: ${type} after it was ${before}`)
    else if (status !== before && !ways[before].includes(status))
      faults.push(`${sequence}: from ${before} to ${status} by ${type}`)
    else if (
      before === 'cancelling' &&
      status !== before &&
      status !== 'cancelled' &&
      type !== 'order.cancellation_refused'
    )
      faults.push(`${sequence}: ${type} leaves a cancellation that nobody refused`)
  }
  return faults
}
