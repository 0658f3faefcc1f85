import { newKey } from '../../../client/key.ts'
import { placeOrder } from '../checkout/place-order.ts'
import { call } from '../http/client.ts'
import type { Order, Page, PlaceOrder, TimelineEntry } from '../http/contract.ts'
import { cancelOrder } from '../orders/queries.ts'
import type { Scenario } from './scenarios.ts'

const pauseMs = 200
const patienceMs = 15_000

/** Places the order; where the scenario cancels it, that goes on after this returned. */
export async function runScenario(scenario: Scenario, order: PlaceOrder, cancelReason: string): Promise<Order> {
  const placed = await placeOrder(order, newKey())
  if (scenario.cancelAfter !== undefined) void cancelWhen(placed.id, scenario.cancelAfter, cancelReason)
  return placed
}

async function cancelWhen(id: string, event: string, reason: string): Promise<void> {
  const until = Date.now() + patienceMs
  while (Date.now() < until) {
    const { items } = await call<Page<TimelineEntry>>(`/v1/orders/${id}/timeline`)
    if (items.some(({ type }) => type === event)) return void (await cancelOrder(id, reason))
    await new Promise((resolve) => setTimeout(resolve, pauseMs))
  }
}
