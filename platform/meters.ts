const counter = <const Labels extends readonly string[]>(help: string, labels: Labels) =>
  ({ kind: 'counter', help, labels }) as const
const histogram = <const Labels extends readonly string[]>(help: string, labels: Labels) =>
  ({ kind: 'histogram', help, labels }) as const

/**
 * What processes measure of themselves. Names and units are Prometheus's; where OpenTelemetry's conventions have a
 * metric, it is theirs (`messaging.client.operation.duration` and so on), as Prometheus spells it.
 */
export const meters = {
  messaging_client_operation_duration_seconds: histogram(
    'From handing a batch to Kafka until all its replicas have it',
    ['destination', 'outcome'],
  ),
  messaging_process_duration_seconds: histogram('Taking in a batch of events, by consumer group', ['group', 'outcome']),
  messaging_process_messages_total: counter(
    'Events that were taken in, by consumer group; one that comes again counts again',
    ['group'],
  ),
  holdfast_saga_orders_total: counter(
    'Orders that came so far: placed, confirmed, dispatched, delivered, cancelled or rejected, and by which step and why',
    ['outcome', 'step', 'reason'],
  ),
  holdfast_saga_returns_total: counter(
    'Returns that came so far: requested, approved, declined, goods_received, refund_requested or completed',
    ['outcome'],
  ),
  holdfast_saga_steps_total: counter(
    'What became of what steps were asked to perform; of returns: restock and refund, attempt by attempt',
    ['step', 'outcome', 'reason'],
  ),
  holdfast_saga_deadlines_total: counter('Deadlines that passed without an answer', ['step', 'action']),
  holdfast_saga_compensation_attempts_total: counter(
    'Times a step was asked to undo; `again`: it had been asked before',
    ['step', 'again'],
  ),
  holdfast_saga_compensations_total: counter('What became of undoing', ['step', 'outcome']),
  holdfast_saga_needs_attention_total: counter('Times that an order or a return began to need a person', [
    'step',
    'reason',
  ]),
  holdfast_saga_confirmed_seconds: histogram('From placed to confirmed', []),
} satisfies Readonly<Record<string, Meter>>

type Meter = { readonly kind: 'counter' | 'histogram'; readonly help: string; readonly labels: readonly string[] }
export type MeterName = keyof typeof meters
export const meterNames = Object.keys(meters) as readonly MeterName[] // Object.keys tells strings alone
export type LabelsOf<Name extends MeterName> = Readonly<Record<(typeof meters)[Name]['labels'][number], string>>
export type Measurement = {
  readonly [Name in MeterName]: { readonly name: Name; readonly labels: LabelsOf<Name>; readonly value?: number }
}[MeterName]
type Labels = Readonly<Record<string, string>>
export type Sink = (name: MeterName, labels: Labels, value: number) => void
type Opening = (name: MeterName, labels: Labels) => void

const nobody = () => undefined
let sink: Sink = nobody
let opening: Opening = nobody

/** Whoever serves metrics takes what is measured from now on; until then it goes nowhere. */
export function sendMeasurements(to: Sink, open: Opening = nobody): void {
  sink = to
  opening = open
}

/** Adds to a counter, or tells a histogram of one more. */
export const measure = <Name extends MeterName>(name: Name, labels: LabelsOf<Name>, value = 1): void =>
  sink(name, labels, value)

/** The same, of what was found out before. */
export const tell = ({ name, labels, value = 1 }: Measurement): void => sink(name, labels, value)

/** Has a series be there, at 0, before the first of it is told: what a series is born with, `rate()` does not see. */
export const openAtZero = ({ name, labels }: Measurement): void => opening(name, labels)

export const outcomes = ['ok', 'error'] as const

/** Measures how long something takes, in seconds, and whether it failed. */
export async function timed<Result>(
  done: (seconds: number, outcome: (typeof outcomes)[number]) => void,
  work: () => Promise<Result>,
): Promise<Result> {
  const startedAt = performance.now()
  const seconds = () => (performance.now() - startedAt) / 1000
  try {
    const result = await work()
    done(seconds(), 'ok')
    return result
  } catch (error) {
    done(seconds(), 'error')
    throw error
  }
}
