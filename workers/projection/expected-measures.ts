import type { StepDefinition } from '../../domain/saga/plan.ts'
import { orderSaga } from '../../domain/steps/index.ts'
import type { Measurement } from '../../platform/meters.ts'
import { returnOutcomes } from './measure-returns.ts'
import { orderOutcomes } from './measure-saga.ts'
import { ownReasons } from './reason-label.ts'

/**
 * All that can be counted of orders and returns, as far as it is known beforehand: by the saga's own reasons. Those of
 * participants are not; a series of theirs begins with its first.
 */
export function expectedMeasures(steps: readonly StepDefinition[] = orderSaga.flat()): readonly Measurement[] {
  return [
    ...orderOutcomes.map((outcome) => ordersThat(outcome)),
    ...returnOutcomes.map((outcome): Measurement => ({ name: 'holdfast_saga_returns_total', labels: { outcome } })),
    ...steps.flatMap(ofStep),
    ...['restock', 'refund'].flatMap(ofReturns),
    needsAttention('', ownReasons.notSent),
  ]
}

function ofStep({ name: step, compensated, settlement }: StepDefinition): readonly Measurement[] {
  const undoing: readonly Measurement[] = [
    ...['no', 'yes'].map((again): Measurement => {
      return { name: 'holdfast_saga_compensation_attempts_total', labels: { step, again } }
    }),
    ...['completed', 'undoRefused', 'stuck'].map((outcome): Measurement => {
      return { name: 'holdfast_saga_compensations_total', labels: { step, outcome } }
    }),
    needsAttention(step, ownReasons.undoLate),
  ]
  return [
    ordersThat('rejected', step, ownReasons.late),
    stepThat('completed', step),
    stepThat('timedOut', step, ownReasons.late),
    deadline(step, 'perform'),
    ...(compensated === undefined ? [] : undoing),
    ...(settlement === undefined ? [] : [deadline(step, settlement.action), needsAttention(step, ownReasons.late)]),
  ]
}

const ofReturns = (step: string): readonly Measurement[] => [
  stepThat('completed', step),
  stepThat('timedOut', step, ownReasons.late),
  stepThat('stuck', step, ownReasons.late),
  deadline(step, step),
  needsAttention(step, ownReasons.late),
]

const ordersThat = (outcome: string, step = '', reason = ''): Measurement => {
  return { name: 'holdfast_saga_orders_total', labels: { outcome, step, reason } }
}
const stepThat = (outcome: string, step: string, reason = ''): Measurement => {
  return { name: 'holdfast_saga_steps_total', labels: { step, outcome, reason } }
}
const deadline = (step: string, action: string): Measurement => {
  return { name: 'holdfast_saga_deadlines_total', labels: { step, action } }
}
const needsAttention = (step: string, reason: string): Measurement => {
  return { name: 'holdfast_saga_needs_attention_total', labels: { step, reason } }
}
