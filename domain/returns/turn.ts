import type { Actor } from '../order.ts'
import { type Ask, eventId, type OrderEvent, type OrderEventData, subjectOf } from '../saga/event.ts'
import type { Reaction } from '../saga/react.ts'
import { later, system } from '../saga/turn.ts'
import type { ReturnEventType } from './event-types.ts'
import { findReturn, type Return, type Returns, type Settling, stepOfReturn, viewOf } from './state.ts'

/** One message being applied, as in the order's saga. */
export type ReturnsTurn = { state: Returns; readonly events: OrderEvent[]; readonly at: string; readonly actor: Actor }

export type ReturnsReaction = { readonly state: Returns; readonly events: Reaction['events'] }

export function beginReturnsTurn(state: Returns, at: string, actor: Actor): ReturnsTurn {
  const time = Math.max(Date.parse(state.time), Date.parse(at))
  return { state, events: [], at: new Date(time).toISOString(), actor }
}

/** Changes a return and says so: the event carries it as it is then. */
export function tell(
  turn: ReturnsTurn,
  changed: Return,
  type: ReturnEventType,
  data: Partial<OrderEventData> = {},
): void {
  const { order, traceparent, returns } = turn.state
  const sequence = turn.state.sequence + 1
  const others = returns.filter(({ number }) => number !== changed.number)
  turn.state = { ...turn.state, returns: [...others, changed], sequence, time: turn.at }
  turn.events.push({
    id: eventId(subjectOf(order.id, type), sequence),
    type,
    orderId: order.id,
    sequence,
    time: turn.at,
    ...(traceparent !== undefined && { traceparent }),
    data: {
      status: 'delivered', // the order's: a return does not change it
      actor: turn.actor,
      ...data,
      return: viewOf(changed),
      ...(data.asks && { order }),
    },
  })
}

/** As `tell`, of what follows by itself. */
export const tellConsequence: typeof tell = (turn, changed, type, data) =>
  tell(turn, changed, type, { actor: system, ...data })

export function returnOf(turn: Pick<ReturnsTurn, 'state'>, number: number): Return {
  const found = findReturn(turn.state, number)
  if (found === undefined) throw new Error(`there is no return ${number}`)
  return found
}

export const withSettling = (one: Return, changed: Settling): Return => ({
  ...one,
  settling: one.settling.map((each) => (each.action === changed.action ? changed : each)),
})

const participantOf = { restock: 'stock', refund: 'payment' } as const

/** Asks, once more or for the first time; the same round is the same ask. */
export function ask(
  turn: ReturnsTurn,
  { number, lines, amount }: Return,
  { action, round, attempts }: Settling,
  pauseMs = 0,
): Ask {
  const { firstMs } = turn.state.rules.retry
  const patience = firstMs * 2 ** Math.min(attempts - 1, 10)
  return {
    step: stepOfReturn(number),
    participant: participantOf[action],
    action,
    round,
    attempt: attempts,
    ...(action === 'restock' ? { lines } : { amount }),
    ...(pauseMs > 0 && { notBefore: later(turn.at, pauseMs) }),
    deadlineAt: later(turn.at, pauseMs + patience),
  }
}
