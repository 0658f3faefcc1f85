import type { ReceivedEvent } from '../../events/envelope.ts'
import type { Measurement } from '../../platform/meters.ts'
import { label } from './reason-label.ts'

type Told = Pick<ReceivedEvent, 'type' | 'data'>

export const returnOutcomes = [
  'requested',
  'approved',
  'declined',
  'goods_received',
  'refund_requested',
  'completed',
] as const

/** What an event of an order's returns adds. Its step is what was asked, `restock` or `refund`: `return-1` says nothing. */
export function returnMeasures({ type, data }: Told): readonly Measurement[] {
  const { action: step = '', outcome, reason } = data
  const why = label(reason?.code)
  const measures: Measurement[] = []
  const reached = returnOutcomes.find((one) => type === `return.${one}`)
  if (reached !== undefined) measures.push({ name: 'holdfast_saga_returns_total', labels: { outcome: reached } })
  const callsForPerson = type === 'return.needs_attention'
  if (callsForPerson) {
    measures.push({ name: 'holdfast_saga_needs_attention_total', labels: { step, reason: why || label(outcome) } })
  }
  if (outcome === 'timedOut') measures.push({ name: 'holdfast_saga_deadlines_total', labels: { step, action: step } })
  // a last refusal was told by an event of its own before
  if (outcome !== undefined && !(callsForPerson && outcome === 'rejected')) {
    measures.push({ name: 'holdfast_saga_steps_total', labels: { step, outcome, reason: why } })
  }
  return measures
}
