import type { Actor, OrderStatus } from '../order.ts'
import type { Action, OrderEvent, Reason } from './event.ts'
import { evolve } from './evolve.ts'
import { awaitsAnotherTry, isGoingForward, isUndoing, openSaga, type Saga, type StepProgress } from './state.ts'

type ProgressView = {
  readonly state: string
  readonly requestedAt: string | null
  readonly answeredAt: string | null
  readonly deadlineAt: string | null
  readonly attempts: number
  readonly reason: Reason | null
}

export type StepView = {
  readonly step: string
  readonly participant: string
  readonly stage: number
  readonly state: StepProgress['state']
  readonly requestedAt: string | null
  readonly answeredAt: string | null
  readonly deadlineAt: string | null
  readonly reason: Reason | null
  readonly compensation: ProgressView
  readonly settlement: (ProgressView & { readonly action: Action }) | null
}

/** For whom the saga waits right now. */
export type Waiting = {
  readonly step: string
  readonly participant: string
  readonly action: Action
  readonly attempt: number
  readonly since: string | null
  readonly until: string | null
}

export type SagaView = {
  readonly status: OrderStatus
  readonly needsAttention: boolean
  readonly waitingFor: readonly Waiting[]
  readonly steps: readonly StepView[]
}

export function sagaView(saga: Saga): SagaView {
  return {
    status: saga.status,
    needsAttention: saga.attention.length > 0,
    waitingFor: saga.steps.flatMap((step) => waiting(saga, step)),
    steps: saga.steps.map((step) => ({
      step: step.step,
      participant: step.participant,
      stage: step.stage,
      state: step.state,
      requestedAt: step.requestedAt ?? null,
      answeredAt: step.answeredAt ?? null,
      deadlineAt: step.deadlineAt ?? null,
      reason: step.reason ?? null,
      compensation: progressView(step.compensation),
      settlement: step.settlement ? { action: step.settlement.action, ...progressView(step.settlement) } : null,
    })),
  }
}

/** @returns undefined where the events don't begin with `order.placed`: nothing can be told of such an order. */
export function foldSaga(events: readonly OrderEvent[]): Saga | undefined {
  const { data, traceparent } = events[0] ?? {}
  if (data?.order === undefined || data.plan === undefined) return undefined
  return events.reduce(evolve, openSaga(data.order, data.plan, traceparent))
}

/** An ask that its service could not process: it lies in that service's dead-letter topic. */
export type DeadLetter = { readonly step: string; readonly action: Action; readonly message: string }

/** Those that still keep the order waiting. */
export const deadLettersOf = (saga: Saga, events: readonly OrderEvent[]): readonly DeadLetter[] =>
  events.flatMap(({ type, data: { step, action, reason } }) => {
    const isOne = type === 'order.needs_attention' && reason?.code === 'dead_lettered'
    if (!isOne || step === undefined || action === undefined) return []
    return saga.attention.includes(`${step}/${action}`) ? [{ step, action, message: reason.message }] : []
  })

function waiting(saga: Saga, step: StepProgress): readonly Waiting[] {
  const asked = (action: Action, at: { attempts: number; requestedAt?: string; deadlineAt?: string }): Waiting[] => [
    {
      step: step.step,
      participant: step.participant,
      action,
      attempt: at.attempts,
      since: at.requestedAt ?? null,
      until: at.deadlineAt ?? null,
    },
  ]
  if (awaitsAnotherTry(saga, step)) {
    const { round: attempt, answeredAt: since = null, retryUntil: until } = step
    return [{ step: step.step, participant: 'customer', action: 'perform', attempt, since, until }]
  }
  if (isGoingForward(saga)) return step.state === 'waiting' ? asked('perform', step) : []
  if (isUndoing(saga)) return step.compensation.state === 'requested' ? asked('compensate', step.compensation) : []
  const { settlement } = step
  return saga.status === 'dispatched' && settlement?.state === 'requested' ? asked(settlement.action, settlement) : []
}

function progressView(progress: StepProgress['compensation'] | NonNullable<StepProgress['settlement']>): ProgressView {
  return {
    state: progress.state,
    requestedAt: progress.requestedAt ?? null,
    answeredAt: progress.answeredAt ?? null,
    deadlineAt: progress.deadlineAt ?? null,
    attempts: progress.attempts,
    reason: progress.reason ?? null,
  }
}

/** `customer:<id>`, `participant:stock`, `system:saga`. */
export const actorName = ({ kind, id }: Actor): string => `${kind}:${id}`
