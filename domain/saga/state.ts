import type { OrderId } from '../ids.ts'
import type { Failure, Order, OrderStatus } from '../order.ts'
import type { Action, Reason } from './event.ts'
import { type Plan, stepsOf } from './plan.ts'

/** How far an undo or a settlement is. `attempts` counts every time it was asked, across rounds. */
export type Progress<State extends string> = {
  readonly state: State
  readonly round: number
  readonly attempts: number
  /** Asked this often without an answer, it needs attention; an operator's retry raises it. */
  readonly budget: number
  readonly requestedAt?: string
  readonly answeredAt?: string
  readonly deadlineAt?: string
  readonly reason?: Reason
  /** An admin has done it; asked for is only that the participant remembers it as done. */
  readonly byHand?: boolean
}

export type CompensationState = 'none' | 'requested' | 'done' | 'refused' | 'stuck' | 'doneByHand'
export type SettlementState = 'none' | 'requested' | 'done' | 'failed' | 'stuck' | 'doneByHand'
export type StepState = 'notStarted' | 'waiting' | 'succeeded' | 'rejected' | 'timedOut'

export type StepProgress = {
  readonly step: string
  readonly participant: string
  readonly stage: number
  readonly state: StepState
  readonly round: number
  readonly attempts: number
  readonly requestedAt?: string
  readonly answeredAt?: string
  readonly deadlineAt?: string
  readonly reason?: Reason
  /** Rejected, but waiting so long for another try. */
  readonly retryUntil?: string
  /** False where there is nothing to undo. */
  readonly undoable?: boolean
  readonly compensation: Progress<CompensationState>
  /** Absent for steps that have nothing to settle. */
  readonly settlement?: Progress<SettlementState> & { readonly action: Action }
}

export type Resolution = {
  /** 1, 2, 3 ... per order. */
  readonly number: number
  readonly step: string
  readonly action: Action
  /** Account id; another one has to agree. */
  readonly by: string
  readonly state: 'requested' | 'approved'
}

/**
 * Everything the saga knows, and nothing that its events don't tell (but `parcel`, which is what the carrier said
 * too early): the workflow, the saga view and the projection fold the same events into the same state.
 */
export type Saga = {
  readonly orderId: OrderId
  readonly order: Order
  readonly plan: Plan
  readonly status: OrderStatus
  readonly steps: readonly StepProgress[]
  /** `step/action` of what needs a person. */
  readonly attention: readonly string[]
  readonly failure?: Failure
  readonly wasConfirmed: boolean
  /** Confirmed, and to be dispatched by then. */
  readonly dispatchBy?: string
  /** What one admin says was done by hand and another one has not agreed to yet. */
  readonly resolutions: readonly Resolution[]
  readonly parcel?: {
    readonly movement: 'dispatched' | 'delivered'
    readonly shipment?: Readonly<Record<string, unknown>>
  }
  readonly sequence: number
  readonly time: string
  readonly traceparent?: string
}

export function openSaga(order: Order, plan: Plan, traceparent?: string): Saga {
  const untouched = { round: 1, attempts: 0, budget: plan.retry.attempts }
  return {
    orderId: order.id,
    order,
    plan,
    status: 'placed',
    steps: stepsOf(plan).map((step) => ({
      step: step.name,
      participant: step.participant,
      stage: plan.stages.findIndex((stage) => stage.includes(step)) + 1,
      state: 'notStarted',
      round: 1,
      attempts: 0,
      ...(step.compensated === undefined && { undoable: false }),
      compensation: { state: 'none', ...untouched },
      ...(step.settlement && { settlement: { state: 'none', action: step.settlement.action, ...untouched } }),
    })),
    attention: [],
    resolutions: [],
    wasConfirmed: false,
    sequence: 0,
    time: order.placedAt,
    ...(traceparent !== undefined && { traceparent }),
  }
}

export const stepOf = (saga: Saga, name: string): StepProgress | undefined =>
  saga.steps.find((step) => step.step === name)

export const isGoingForward = (saga: Saga): boolean => saga.status === 'placed' || saga.status === 'processing'
export const isUndoing = (saga: Saga): boolean => saga.status === 'cancelling' || saga.status === 'failing'
/** Asked of the workflow, the API and the page alike: is a cancellation still possible? */
export const isCancellable = (saga: Saga): boolean =>
  isGoingForward(saga) ||
  (saga.status === 'confirmed' && saga.steps.every((step) => step.compensation.state === 'none'))

/** An undo is owed for what was begun and not rejected: a step that timed out may still have taken effect. */
export const owesUndo = (step: StepProgress): boolean =>
  step.undoable !== false &&
  step.compensation.state === 'none' &&
  step.state !== 'notStarted' &&
  step.state !== 'rejected'

/** Asked to undo, and no proof yet. */
export const awaitsUndo = (step: StepProgress): boolean => {
  const { state } = step.compensation
  return state === 'requested' || state === 'refused' || state === 'stuck'
}

export const isSettledForGood = (step: StepProgress): boolean =>
  step.settlement === undefined || step.settlement.state === 'done' || step.settlement.state === 'doneByHand'

/** Rejected, but another payment method may still come. */
export const awaitsAnotherTry = (
  saga: Saga,
  step: StepProgress,
): step is StepProgress & { readonly retryUntil: string } =>
  isGoingForward(saga) && step.state === 'rejected' && step.retryUntil !== undefined

/** What a person is called for when a confirmed order stays where it is. */
export const notDispatched = 'order/any'
