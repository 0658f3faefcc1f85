import type { ReceivedEvent } from '../../events/envelope.ts'
import type { Measurement } from '../../platform/meters.ts'
import type { OrderView } from './fold.ts'
import { returnMeasures } from './measure-returns.ts'
import { label } from './reason-label.ts'

type Told = Pick<ReceivedEvent, 'type' | 'time' | 'data'>

const outcomes: readonly string[] = ['placed', 'confirmed', 'dispatched', 'delivered', 'cancelled', 'rejected']
/** Those that no step and no reason is told with. */
export const orderOutcomes = outcomes.filter((outcome) => outcome !== 'rejected')

/** What an event adds to the metrics of the saga. @param view the order after it; none of a return. */
export function sagaMeasures(
  { type, time, data }: Told,
  view?: Pick<OrderView, 'order' | 'failure'>,
): readonly Measurement[] {
  if (data.return !== undefined) return returnMeasures({ type, data })
  const { step = '', action = '', outcome, reason, asks = [] } = data
  const why = label(reason?.code)
  const measures: Measurement[] = []
  const reached = outcomes.find((one) => type === `order.${one}`)
  if (reached !== undefined) {
    const failure = reached === 'rejected' ? view?.failure : undefined
    const labels = { outcome: reached, step: failure?.step ?? '', reason: label(failure?.code) }
    measures.push({ name: 'holdfast_saga_orders_total', labels })
  }
  if (type === 'order.confirmed' && view !== undefined) {
    const value = Math.max(0, Date.parse(time) - Date.parse(view.order.placedAt)) / 1000
    measures.push({ name: 'holdfast_saga_confirmed_seconds', labels: {}, value })
  }
  if (type.endsWith('.needs_attention')) {
    measures.push({ name: 'holdfast_saga_needs_attention_total', labels: { step, reason: why || label(outcome) } })
  }
  if (outcome === 'timedOut') measures.push({ name: 'holdfast_saga_deadlines_total', labels: { step, action } })
  if (outcome !== undefined && action === 'perform') {
    measures.push({ name: 'holdfast_saga_steps_total', labels: { step, outcome, reason: why } })
  }
  if (outcome !== undefined && action === 'compensate') {
    measures.push({ name: 'holdfast_saga_compensations_total', labels: { step, outcome } })
  }
  for (const ask of asks.filter((one) => one.action === 'compensate')) {
    const again = ask.attempt > 1 ? 'yes' : 'no'
    measures.push({ name: 'holdfast_saga_compensation_attempts_total', labels: { step: ask.step, again } })
  }
  return measures
}
