import type { Order } from '../order.ts'
import type { EventType } from './event.ts'

/** What is done to end an order's step for good once the parcel is on its way: stock is committed, money captured. */
export type Settlement = {
  readonly action: 'commit' | 'capture'
  readonly completed: EventType
  /** Absent where it can't be refused. */
  readonly rejected?: EventType
}

/**
 * One step of the order saga. This is all the saga knows of a participant: adding a step is one such definition,
 * its name in the list, and a participant that answers.
 */
export type StepDefinition = {
  readonly name: string
  /** Service and consumer group that is asked; named in the header `ce_awaits`. */
  readonly participant: string
  readonly completed: EventType
  readonly rejected: EventType
  /** Absent where there is nothing to undo. */
  readonly compensated?: EventType
  readonly settlement?: Settlement
  readonly deadlineMs: number
  /** Instead of `deadlineMs` for an order with a line that allows backorder. */
  readonly backorderDeadlineMs?: number
  /** Above 0: a rejection waits so long for another try with another payment method before the order fails. */
  readonly graceMs?: number
  /** Left out of the plan of an order whose total is not above this, in minor units. */
  readonly onlyAboveMinor?: number
  /** Where money is at stake: what one admin says was done by hand counts when another one agrees. */
  readonly needsSecondAdmin?: boolean
}

/** A step of this participant is answered by an admin through the API. */
export const staff = 'staff'

/** How often and how fast a compensation or settlement without an answer is asked again. */
export type RetryPolicy = {
  /** The first wait; each further one is twice as long. */
  readonly firstMs: number
  /** Attempts in all, before the order needs attention. */
  readonly attempts: number
}

/**
 * Stages one after the other, the steps of a stage side by side. A workflow gets its plan as an argument and keeps it,
 * so a deployment never changes the steps of an order under way.
 */
export type Plan = {
  readonly stages: readonly (readonly StepDefinition[])[]
  readonly retry: RetryPolicy
  /** Not dispatched so long after it was confirmed, the order needs attention; absent: it may take for ever. */
  readonly dispatchMs?: number
}

export const defineStep = (step: StepDefinition): StepDefinition => step

/** What the configuration says; all in milliseconds, by step name. */
export type PlanSettings = {
  readonly retry: RetryPolicy
  readonly deadlines?: Readonly<Record<string, number>>
  /** For every step without a deadline of its own above; 0 or absent: the step's definition decides. */
  readonly everyDeadlineMs?: number
  readonly backorderDeadlines?: Readonly<Record<string, number>>
  readonly graces?: Readonly<Record<string, number>>
  /** In minor units: steps for orders above this total only. */
  readonly limits?: Readonly<Record<string, number>>
  readonly dispatchMs?: number
}

/** The plan for new orders. */
export function makePlan(stages: readonly (readonly StepDefinition[])[], settings: PlanSettings): Plan {
  const { retry, deadlines = {}, everyDeadlineMs = 0, backorderDeadlines = {}, graces = {}, limits = {} } = settings
  const { dispatchMs } = settings
  const configured = (step: StepDefinition): StepDefinition => {
    const backorderDeadlineMs = backorderDeadlines[step.name] ?? step.backorderDeadlineMs
    const graceMs = graces[step.name] ?? step.graceMs
    const onlyAboveMinor = limits[step.name] ?? step.onlyAboveMinor
    return {
      ...step,
      deadlineMs: deadlines[step.name] ?? (everyDeadlineMs > 0 ? everyDeadlineMs : step.deadlineMs),
      ...(backorderDeadlineMs !== undefined && { backorderDeadlineMs }),
      ...(graceMs !== undefined && graceMs > 0 && { graceMs }),
      ...(onlyAboveMinor !== undefined && { onlyAboveMinor }),
    }
  }
  return {
    // A stage without steps is one that no completion closes.
    stages: stages.filter((stage) => stage.length > 0).map((stage) => stage.map(configured)),
    retry,
    ...(dispatchMs !== undefined && { dispatchMs }),
  }
}

/** The plan of this very order: without the steps that don't apply to it. */
export function tailor(plan: Plan, { total }: Order): Plan {
  const applies = ({ onlyAboveMinor = -1 }: StepDefinition) => total.amountMinor > onlyAboveMinor
  if (plan.stages.flat().every(applies)) return plan
  return { ...plan, stages: plan.stages.map((stage) => stage.filter(applies)).filter((stage) => stage.length > 0) }
}

export const stepsOf = (plan: Plan): readonly StepDefinition[] => plan.stages.flat()
