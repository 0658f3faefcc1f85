import { isOver } from '../order.ts'
import type { Action } from './event.ts'
import type { ApproveResolution, ChangeDeadline, DecideStep, DoneByHand, Resume, Retry } from './messages.ts'
import { staff } from './plan.ts'
import { answered, finish, openRound, type Reaction } from './react.ts'
import {
  awaitsAnotherTry,
  isCancellable,
  isGoingForward,
  isSettledForGood,
  isUndoing,
  type Saga,
  stepOf,
  type StepProgress,
} from './state.ts'
import { beginTurn, definitionOf, emit, performAsk, persistentAsk, type Turn } from './turn.ts'
import { undo } from './undo.ts'

/** What an operator may ask again, or do by hand: an undo or settlement that is stuck or was refused. */
export function retryable(saga: Saga, step: string): boolean {
  const found = stepOf(saga, step)
  if (found === undefined || isOver(saga.status)) return false
  const { compensation, settlement } = found
  if (isUndoing(saga)) return compensation.state === 'stuck' || compensation.state === 'refused'
  return settlement?.state === 'stuck' || settlement?.state === 'failed'
}

/** What was refused has its answer, so it is a new round; what was never answered stays the same ask. */
export function retried(saga: Saga, { step, note, by, at }: Retry): Reaction {
  const found = stepOf(saga, step)
  if (found === undefined || !retryable(saga, step)) return { saga, events: [] }
  const turn = beginTurn(saga, at, by)
  const { action, progress } = troubleOf(saga, found)
  const round = progress.answeredAt === undefined ? progress.round : progress.round + 1
  const byHand = round === progress.round && progress.byHand // the same ask stays what it is
  const asks = [persistentAsk(turn, { step, action, round, attempt: progress.attempts + 1, byHand })]
  emit(turn, 'order.attention_resolved', { step, action, resolution: 'retry', note, asks })
  return finish(turn)
}

/**
 * Said by one admin; where money is at stake it waits for another one. It counts when the participant has closed what
 * is open about it and remembers it as done: asked as a new round, so that a late answer to the old one changes nothing.
 */
export function doneByHand(saga: Saga, { step, note, by, at }: DoneByHand): Reaction {
  const found = stepOf(saga, step)
  if (found === undefined || !retryable(saga, step) || pendingResolution(saga, step)) return { saga, events: [] }
  const turn = beginTurn(saga, at, by)
  const { action } = troubleOf(saga, found)
  const resolution = 'doneByHand'
  if (definitionOf(saga, step).needsSecondAdmin === true) {
    const resolutionNumber = saga.resolutions.length + 1
    emit(turn, 'order.resolution_requested', { step, action, resolution, resolutionNumber, note })
  } else {
    emit(turn, 'order.resolution_approved', { step, action, resolution, note, asks: [byHandAsk(turn, found)] })
  }
  return finish(turn)
}

export const pendingResolution = ({ resolutions }: Saga, step: string): boolean =>
  resolutions.some((one) => one.step === step && one.state === 'requested')

export type ApprovalRefusal = 'noSuchResolution' | 'sameAdmin'

/** Why this admin can't agree to it; undefined if they can. */
export function approvalRefusal(saga: Saga, { number, by }: ApproveResolution): ApprovalRefusal | undefined {
  const found = saga.resolutions.find((one) => one.number === number)
  if (found?.state !== 'requested' || !retryable(saga, found.step)) return 'noSuchResolution'
  return found.by === by.id ? 'sameAdmin' : undefined
}

/** Asked after `approvalRefusal`. */
export function resolutionApproved(saga: Saga, approval: ApproveResolution): Reaction {
  const resolution = saga.resolutions.find((one) => one.number === approval.number)
  const found = resolution && stepOf(saga, resolution.step)
  if (found === undefined || approvalRefusal(saga, approval)) return { saga, events: [] }
  const turn = beginTurn(saga, approval.at, approval.by)
  emit(turn, 'order.resolution_approved', {
    step: found.step,
    action: troubleOf(saga, found).action,
    resolution: 'doneByHand',
    resolutionNumber: approval.number,
    asks: [byHandAsk(turn, found)],
  })
  return finish(turn)
}

function byHandAsk(turn: Turn, found: StepProgress) {
  const { action, progress } = troubleOf(turn.saga, found)
  const isSame = progress.byHand === true && progress.answeredAt === undefined // said before, and not heard
  const round = isSame ? progress.round : progress.round + 1
  const next = { round, attempt: progress.attempts + 1, byHand: true }
  return persistentAsk(turn, { step: found.step, action, ...next })
}

/** What is stuck or refused about a step, the order being as it is. */
function troubleOf(saga: Saga, { compensation, settlement }: StepProgress) {
  const undoing = isUndoing(saga) || settlement === undefined
  const action: Action = undoing ? 'compensate' : settlement.action
  return { action, progress: undoing ? compensation : settlement }
}

/** Does this step wait for an admin's yes or no? */
export const isDecidable = (saga: Saga, step: string): boolean => {
  const found = stepOf(saga, step)
  return found?.participant === staff && isGoingForward(saga) && openRound(saga, found, 'perform') !== undefined
}

/** Asked after `isDecidable`: an answer like any other, but an admin gives it. */
export function stepDecided(saga: Saga, { step, approve, note, by, at }: DecideStep): Reaction {
  const found = stepOf(saga, step)
  if (found === undefined || !isDecidable(saga, step)) return { saga, events: [] }
  // the note is for staff; customers read the reason
  const reason = approve
    ? { code: 'approved', message: 'Approved' }
    : { code: 'not_approved', message: 'The shop did not approve the order' }
  const outcome = approve ? 'completed' : 'rejected'
  const answer = { step, action: 'perform', round: found.round, outcome, reason, at } as const
  return answered(saga, { ...answer, ...(note !== undefined && { note }) }, by)
}

/** What of this step has a deadline that runs; undefined if nothing has. */
export function runningDeadline(saga: Saga, step: string): Action | undefined {
  const found = stepOf(saga, step)
  if (found === undefined || isOver(saga.status)) return undefined
  if (awaitsAnotherTry(saga, found)) return 'perform'
  if (isGoingForward(saga)) return found.state === 'waiting' ? 'perform' : undefined
  if (isUndoing(saga)) return found.compensation.state === 'requested' ? 'compensate' : undefined
  return saga.status === 'dispatched' && found.settlement?.state === 'requested' ? found.settlement.action : undefined
}

export type DeadlineRefusal = 'noDeadline' | 'noLaterDeadline'

/** Why this deadline can't be given; undefined if it can. */
export function deadlineRefusal(saga: Saga, change: ChangeDeadline): DeadlineRefusal | undefined {
  const found = stepOf(saga, change.step)
  const action = runningDeadline(saga, change.step)
  if (found === undefined || action === undefined) return 'noDeadline'
  const until = deadlineOf(found, action)
  const isLater = until === undefined || Date.parse(until) < Date.parse(change.deadlineAt)
  return change.onlyLater === true && !isLater ? 'noLaterDeadline' : undefined
}

function deadlineOf({ compensation, settlement, retryUntil, deadlineAt }: StepProgress, action: Action) {
  if (action === 'compensate') return compensation.deadlineAt
  return action === 'perform' ? (retryUntil ?? deadlineAt) : settlement?.deadlineAt
}

/** Asked after `deadlineRefusal`. One in the past is one that has passed. */
export function deadlineChanged(saga: Saga, change: ChangeDeadline): Reaction {
  const { step, deadlineAt, note, by, at } = change
  const action = runningDeadline(saga, step)
  if (action === undefined || deadlineRefusal(saga, change)) return { saga, events: [] }
  const turn = beginTurn(saga, at, by)
  emit(turn, 'order.deadline_changed', { step, action, deadlineAt, note })
  return finish(turn)
}

/**
 * Goes on with the next sequence. Steps that had not answered are asked again, with a new deadline: they may have answered
 * while nobody heard it. What is undone or settled is asked again by its own deadline.
 */
export function resumed(saga: Saga, { undo: undoing, note, by, at, asksAgain }: Resume): Reaction {
  const turn = beginTurn(saga, at, by)
  const isOpen = ({ state }: StepProgress) =>
    asksAgain === true && !undoing && isGoingForward(saga) && state === 'waiting'
  const asks = saga.steps.filter(isOpen).map(({ step, round, attempts }) => ({
    ...performAsk(turn, definitionOf(saga, step), round),
    attempt: attempts + 1,
  }))
  emit(turn, 'order.resumed', { note, ...(asks.length > 0 && { asks }) })
  if (undoing && isCancellable(saga)) {
    const reason = { code: 'cancelled', message: 'The shop cancelled the order' }
    emit(turn, 'order.cancellation_requested', { status: 'cancelling', reason })
    undo(turn)
  }
  return finish(turn)
}

/** What an order holds at its participants: begun, and neither refused nor undone nor settled. */
export const holdings = (saga: Saga): readonly { readonly step: string; readonly state: string }[] =>
  saga.steps
    .filter(({ state }) => state !== 'notStarted' && state !== 'rejected')
    .filter(({ compensation }) => compensation.state !== 'done' && compensation.state !== 'doneByHand')
    .map((step) => ({ step: step.step, state: isSettledForGood(step) && step.settlement ? 'settled' : step.state }))
