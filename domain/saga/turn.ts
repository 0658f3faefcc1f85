import type { Actor } from '../order.ts'
import { type Action, type Ask, eventId, type EventType, type OrderEvent, type OrderEventData } from './event.ts'
import { evolve } from './evolve.ts'
import { type StepDefinition, stepsOf } from './plan.ts'
import type { Saga } from './state.ts'

/** One message being applied: the saga as it becomes, and the events that follow. Lives for one call of `react`. */
export type Turn = {
  saga: Saga
  readonly events: OrderEvent[]
  readonly at: string
  readonly actor: Actor
}

export const system: Actor = { kind: 'system', id: 'saga' }

/** Time never runs backwards on an order's timeline, whatever the clocks of its participants say. */
export function beginTurn(saga: Saga, at: string, actor: Actor): Turn {
  const time = Math.max(Date.parse(saga.time), Date.parse(at))
  return { saga, events: [], at: new Date(time).toISOString(), actor }
}

export function emit(turn: Turn, type: EventType, data: Partial<OrderEventData> = {}): void {
  const { saga } = turn
  const sequence = saga.sequence + 1
  const event: OrderEvent = {
    id: eventId(saga.orderId, sequence),
    type,
    orderId: saga.orderId,
    sequence,
    time: turn.at,
    ...(saga.traceparent !== undefined && { traceparent: saga.traceparent }),
    data: {
      status: saga.status,
      actor: turn.actor,
      ...data,
      ...(data.asks && { order: saga.order }),
    },
  }
  const next = evolve(saga, event)
  const needsAttention = next.attention.length > 0
  const told =
    needsAttention || saga.attention.length > 0 ? { ...event, data: { ...event.data, needsAttention } } : event
  turn.saga = next
  turn.events.push(told)
}

/** Emits what the saga itself decides on, as a consequence of somebody's message. */
export function emitConsequence(turn: Turn, type: EventType, data: Partial<OrderEventData> = {}): void {
  emit(turn, type, { actor: system, ...data })
}

export function definitionOf(saga: Saga, step: string): StepDefinition {
  const definition = stepsOf(saga.plan).find(({ name }) => name === step)
  if (definition === undefined) throw new Error(`the plan has no step ${step}`)
  return definition
}

export const later = (time: string, ms: number): string => new Date(Date.parse(time) + ms).toISOString()

/** Twice as long after each attempt; from the eleventh on it stays the same. */
export const backOff = (saga: Saga, attempt: number): number => saga.plan.retry.firstMs * 2 ** Math.min(attempt - 1, 10)

export function performAsk(turn: Turn, step: StepDefinition, round = 1): Ask {
  const mayWait = turn.saga.order.lines.some(({ allowBackorder }) => allowBackorder === true)
  const patience = mayWait ? (step.backorderDeadlineMs ?? step.deadlineMs) : step.deadlineMs
  return {
    step: step.name,
    participant: step.participant,
    action: 'perform',
    round,
    attempt: 1,
    deadlineAt: later(turn.at, patience),
  }
}

/** An ask that is repeated until it is answered: an undo or a settlement. */
export function persistentAsk(
  turn: Turn,
  asked: {
    readonly step: string
    readonly action: Action
    readonly round: number
    readonly attempt: number
    readonly byHand?: boolean | undefined
  },
  pauseMs = 0,
): Ask {
  const { byHand, ...ask } = asked
  return {
    ...ask,
    ...(byHand === true && { byHand }),
    participant: definitionOf(turn.saga, asked.step).participant,
    ...(pauseMs > 0 && { notBefore: later(turn.at, pauseMs) }),
    deadlineAt: later(turn.at, pauseMs + backOff(turn.saga, asked.attempt)),
  }
}
