import { type Actor, isOver, type Order } from '../order.ts'
import type { Action, OrderEvent } from './event.ts'
import { followParcel, missDispatch, performed, place, timeOut, tryAgainWith } from './forward.ts'
import type { Answer, Cancel, ChangePaymentMethod, DeadLettered, ParcelMoved } from './messages.ts'
import { type Plan, tailor } from './plan.ts'
import { settleAgain, settlementAnswered } from './settle.ts'
import {
  awaitsAnotherTry,
  isCancellable,
  isGoingForward,
  isUndoing,
  notDispatched,
  openSaga,
  type Saga,
  stepOf,
  type StepProgress,
} from './state.ts'
import { beginTurn, emit, system, type Turn } from './turn.ts'
import { closeAttention, compensated, undo, undoAgain } from './undo.ts'

/** The saga after a message, and the events that follow from it: complete, numbered, ready to be published. */
export type Reaction = { readonly saga: Saga; readonly events: readonly OrderEvent[] }

export function start(order: Order, plan: Plan, fingerprint: string, traceparent?: string): Reaction {
  const customer = { kind: 'customer', id: order.customerId } as const
  const turn = beginTurn(openSaga(order, tailor(plan, order), traceparent), order.placedAt, customer)
  place(turn, fingerprint)
  return { saga: turn.saga, events: turn.events }
}

/**
 * The first answer per (step, action, round) wins; one that nobody waits for changes nothing.
 * @param by who gave it, where that was not the participant.
 */
export function answered(saga: Saga, answer: Answer, by?: Actor): Reaction {
  const step = stepOf(saga, answer.step)
  if (step === undefined || !isAwaited(saga, step, answer)) return { saga, events: [] }
  const turn = beginTurn(saga, answer.at, by ?? { kind: 'participant', id: step.participant })
  if (answer.action === 'perform') {
    performed(turn, step, answer)
    closeAttention(turn, step.step, 'perform')
  } else if (answer.action === 'compensate') compensated(turn, step, answer)
  else settlementAnswered(turn, step, answer)
  return finish(turn)
}

const isAwaited = (saga: Saga, step: StepProgress, { action, round }: Answer): boolean =>
  openRound(saga, step, action) === round

/** The round of this action that has been asked and not answered; undefined if there is none. */
export function openRound(saga: Saga, step: StepProgress, action: Action): number | undefined {
  if (isOver(saga.status)) return undefined
  if (action === 'perform') {
    const undone = step.compensation.state === 'done' || step.compensation.state === 'doneByHand'
    const open = step.state === 'waiting' || (step.state === 'timedOut' && step.answeredAt === undefined)
    return open && !undone ? step.round : undefined
  }
  const progress = action === 'compensate' ? step.compensation : step.settlement
  const asked = progress?.state === 'requested' || progress?.state === 'stuck'
  return asked && (action === 'compensate' || step.settlement?.action === action) ? progress.round : undefined
}

/** Kept until the order is ready for it. Delivered implies dispatched: messages may come in reverse. */
export function parcelMoved(saga: Saga, { movement, shipment, at }: ParcelMoved): Reaction {
  if (isOver(saga.status) || saga.parcel?.movement === 'delivered' || saga.parcel?.movement === movement) {
    return { saga, events: [] }
  }
  if (movement !== 'dispatched' && movement !== 'delivered') return parcelInTrouble(saga, movement, at)
  const parcel = { movement, shipment: { ...saga.parcel?.shipment, ...shipment } }
  return finish(beginTurn({ ...saga, parcel }, at, { kind: 'participant', id: 'carrier' }))
}

/** The order is flagged, once for each kind of trouble; that the parcel is delivered after all still ends it. */
function parcelInTrouble(saga: Saga, movement: 'lost' | 'returned' | 'failed', at: string): Reaction {
  const step = `parcel ${movement}`
  if (saga.attention.includes(`${step}/any`)) return { saga, events: [] }
  const turn = beginTurn(saga, at, { kind: 'participant', id: 'carrier' })
  const reason = { code: `parcel_${movement}`, message: `The carrier says that the parcel is ${movement}` }
  emit(turn, 'order.needs_attention', { step, reason, shipment: { status: movement } })
  return finish(turn)
}

/** Asked after `isCancellable`; asked again while cancelling it changes nothing. */
export function cancelled(saga: Saga, { by, reason, at }: Cancel): Reaction {
  if (!isCancellable(saga)) return { saga, events: [] }
  const turn = beginTurn(saga, at, by)
  const why = reason === undefined ? {} : { reason: { code: 'cancelled', message: reason } }
  emit(turn, 'order.cancellation_requested', { status: 'cancelling', ...why })
  undo(turn)
  return finish(turn)
}

/** Not an answer: the order is flagged, and the deadline still decides. */
export function deadLettered(saga: Saga, { step, action, reason, at }: DeadLettered): Reaction {
  const known = stepOf(saga, step)
  const isNews = known !== undefined && openRound(saga, known, action) !== undefined
  if (!isNews || saga.attention.includes(`${step}/${action}`)) return { saga, events: [] }
  const turn = beginTurn(saga, at, { kind: 'participant', id: known.participant })
  emit(turn, 'order.needs_attention', { step, action, reason })
  return finish(turn)
}

/** Was something declined that another payment method may still save? */
export const awaitsPaymentMethod = (saga: Saga): boolean => saga.steps.some((step) => awaitsAnotherTry(saga, step))

/** Asked after `awaitsPaymentMethod`. */
export function paymentMethodChanged(saga: Saga, { paymentMethod, by, at }: ChangePaymentMethod): Reaction {
  if (!awaitsPaymentMethod(saga)) return { saga, events: [] }
  const turn = beginTurn(saga, at, by)
  tryAgainWith(turn, paymentMethod)
  return finish(turn)
}

/** Everything whose time has come by `now` (epoch milliseconds). */
export function deadlinePassed(saga: Saga, now: number): Reaction {
  const turn = beginTurn(saga, new Date(now).toISOString(), system)
  if (isGoingForward(saga)) timeOut(turn, now)
  else if (isUndoing(saga)) undoAgain(turn, now)
  else if (saga.status === 'dispatched') settleAgain(turn, now)
  else if (saga.status === 'confirmed') missDispatch(turn, now)
  return finish(turn)
}

/** When the saga next wants `deadlinePassed`, in epoch milliseconds; none while it waits for nobody. */
export function nextDeadline(saga: Saga): number | undefined {
  const times = saga.steps.flatMap((step) => {
    if (awaitsAnotherTry(saga, step)) return [step.retryUntil]
    if (isGoingForward(saga)) return step.state === 'waiting' ? [step.deadlineAt] : []
    if (isUndoing(saga)) return step.compensation.state === 'requested' ? [step.compensation.deadlineAt] : []
    const open = saga.status === 'dispatched' && step.settlement?.state === 'requested'
    return open ? [step.settlement.deadlineAt] : []
  })
  if (saga.status === 'confirmed' && !saga.attention.includes(notDispatched)) times.push(saga.dispatchBy)
  const due = times.flatMap((time) => (time === undefined ? [] : [Date.parse(time)]))
  return due.length === 0 ? undefined : Math.min(...due)
}

export function finish(turn: Turn): Reaction {
  followParcel(turn)
  return { saga: turn.saga, events: turn.events }
}
