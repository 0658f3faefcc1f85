import { type Action, actions, type Ask } from '../../domain/saga/event.ts'
import { uuidPattern } from '../../domain/ids.ts'
import type { Order } from '../../domain/order.ts'
import { isAwaiting, type RawMessage, type ReceivedEvent } from '../../events/envelope.ts'

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

type BareAsk = { readonly orderId: string; readonly step: string; readonly action: Action }

/** What a message that could not be processed asks of a participant, as far as that can be made out. */
export function askedIn(participant: string, { key, value, headers }: RawMessage): readonly BareAsk[] {
  const orderId = key?.toString() ?? ''
  if (!uuidPattern.test(orderId) || !isAwaiting({ headers }, participant)) return []
  return asksOf(value?.toString() ?? '').flatMap((ask) => {
    if (typeof ask !== 'object' || ask === null || !('participant' in ask && 'step' in ask && 'action' in ask))
      return []
    const action = actions.find((one) => one === ask.action)
    const isMine = ask.participant === participant && typeof ask.step === 'string'
    return isMine && action !== undefined ? [{ orderId, step: String(ask.step), action }] : []
  })
}

function asksOf(text: string): readonly unknown[] {
  try {
    const data: unknown = JSON.parse(text)
    const isObject = typeof data === 'object' && data !== null
    return isObject && 'asks' in data && Array.isArray(data.asks) ? data.asks : []
  } catch (error) {
    if (error instanceof SyntaxError) return [] // then there is nobody to tell
    throw error
  }
}
