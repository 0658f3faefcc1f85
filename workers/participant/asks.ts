import type { Ask } from '../../domain/saga/event.ts'
import type { Order } from '../../domain/order.ts'
import type { ReceivedEvent } from '../../events/envelope.ts'

/** An ask with the event it came in and the whole order. */
export type AskedEvent = { readonly ask: Ask; readonly event: ReceivedEvent; readonly order: Order }

/** Effects and answers are kept per ask: the same key is the same work, whichever event repeats it. */
export const askKey = (orderId: string, { step, action, round }: Pick<Ask, 'step' | 'action' | 'round'>): string =>
  `${orderId}:${step}:${action}:${round}`

/** What these events ask of a participant, in their order. An event that asks carries the order: the contract says so. */
export function asksFor(participant: string, events: readonly ReceivedEvent[]): readonly AskedEvent[] {
  return events.flatMap((event) => {
    const { asks = [], order } = event.data
    const mine = asks.filter((ask) => ask.participant === participant)
    if (mine.length > 0 && order === undefined) throw new Error(`${event.id} asks ${participant} without the order`)
    return order === undefined ? [] : mine.map((ask) => ({ ask, event, order }))
  })
}
