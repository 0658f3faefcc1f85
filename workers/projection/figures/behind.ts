import { sql } from 'kysely'
import { orderSaga } from '../../../domain/steps/index.ts'

const steps = orderSaga.flat()

/** How far an order may come after it was placed, by the type of the event that says so. */
export const milestones: ReadonlyMap<string, string> = new Map([
  ...steps.map(({ name, completed }) => [name as string, completed as string] as const),
  ...['confirmed', 'dispatched', 'delivered'].map((name) => [name, `order.${name}`] as const),
])

const confirmed = 'order.confirmed'
const undone = 'order.compensation_requested'

/** What is counted of the events of orders; with each type of event why, or how long it took. */
export const countedTypes = { steps: steps.map(({ completed }) => completed as string), confirmed, undone }

/** The name under which those are counted that were undone because somebody cancelled them. */
export const cancelledName = 'cancelled'

/** Why an order is undone: what failed, or else that somebody cancelled it. */
export const whyUndone = sql<string>`IFNULL(
  CONCAT(JSON_VALUE(orders.failure, '$.step'), ':', JSON_VALUE(orders.failure, '$.code')), ${cancelledName})`

/** Counted rather than joined, so that a page keeps being read in the order of its index. */
export const timesTold = (type: string) => sql<number>`(SELECT COUNT(*) FROM order_event AS told
  WHERE told.order_id = orders.id AND told.type = ${type})`
