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
  readonly compensated: EventType
  readonly settlement?: Settlement
  readonly deadlineMs: number
}

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
}

export const defineStep = (step: StepDefinition): StepDefinition => step

/**
 * The plan for new orders.
 * @param deadlines milliseconds by step name, from the configuration; a step without one keeps its own, unless
 * `everyMs` is above 0.
 */
export function makePlan(
  stages: readonly (readonly StepDefinition[])[],
  deadlines: Readonly<Record<string, number>>,
  retry: RetryPolicy,
  everyMs = 0,
): Plan {
  return {
    // A stage without steps is one that no completion closes.
    stages: stages
      .filter((stage) => stage.length > 0)
      .map((stage) =>
        stage.map((step) => ({
          ...step,
          deadlineMs: deadlines[step.name] ?? (everyMs > 0 ? everyMs : step.deadlineMs),
        })),
      ),
    retry,
  }
}

export const stepsOf = (plan: Plan): readonly StepDefinition[] => plan.stages.flat()
