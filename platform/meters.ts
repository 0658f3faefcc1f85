/**
 * What processes measure of themselves. Names and units are Prometheus's; where OpenTelemetry's conventions have a
 * metric, it is theirs (`messaging.client.operation.duration` and so on), as Prometheus spells it.
 */
export const meters = {
  messaging_client_operation_duration_seconds: {
    kind: 'histogram',
    help: 'From handing a batch to Kafka until all its replicas have it',
    labels: ['destination', 'outcome'],
  },
  messaging_process_duration_seconds: {
    kind: 'histogram',
    help: 'Taking in a batch of events, by consumer group',
    labels: ['group', 'outcome'],
  },
  messaging_process_messages_total: {
    kind: 'counter',
    help: 'Events that were taken in, by consumer group; one that comes again counts again',
    labels: ['group'],
  },
  holdfast_saga_orders_total: {
    kind: 'counter',
    help: 'Orders that came so far: placed, confirmed, dispatched, delivered, cancelled or rejected, and by which step and why',
    labels: ['outcome', 'step', 'reason'],
  },
  holdfast_saga_steps_total: {
    kind: 'counter',
    help: 'What became of what steps were asked to perform',
    labels: ['step', 'outcome', 'reason'],
  },
  holdfast_saga_deadlines_total: {
    kind: 'counter',
    help: 'Deadlines that passed without an answer',
    labels: ['step', 'action'],
  },
  holdfast_saga_compensation_attempts_total: {
    kind: 'counter',
    help: 'Times a step was asked to undo; `again`: it had been asked before',
    labels: ['step', 'again'],
  },
  holdfast_saga_compensations_total: {
    kind: 'counter',
    help: 'What became of undoing',
    labels: ['step', 'outcome'],
  },
  holdfast_saga_needs_attention_total: {
    kind: 'counter',
    help: 'Times that an order or a return began to need a person',
    labels: ['step', 'reason'],
  },
  holdfast_saga_confirmed_seconds: {
    kind: 'histogram',
    help: 'From placed to confirmed',
    labels: [],
  },
} as const satisfies Readonly<Record<string, Meter>>

type Meter = { readonly kind: 'counter' | 'histogram'; readonly help: string; readonly labels: readonly string[] }
export type MeterName = keyof typeof meters
export type LabelsOf<Name extends MeterName> = Readonly<Record<(typeof meters)[Name]['labels'][number], string>>
export type Measurement = {
  readonly [Name in MeterName]: { readonly name: Name; readonly labels: LabelsOf<Name>; readonly value?: number }
}[MeterName]
export type Sink = (name: MeterName, labels: Readonly<Record<string, string>>, value: number) => void

const nobody: Sink = () => undefined
let sink = nobody

/** Whoever serves metrics takes what is measured from now on; until then it goes nowhere. */
export function sendMeasurements(to: Sink): void {
  sink = to
}

/** Adds to a counter, or tells a histogram of one more. */
export const measure = <Name extends MeterName>(name: Name, labels: LabelsOf<Name>, value = 1): void =>
  sink(name, labels, value)

/** The same, of what was found out before. */
export const tell = ({ name, labels, value = 1 }: Measurement): void => sink(name, labels, value)

/** Measures how long something takes, in seconds, and whether it failed. */
export async function timed<Result>(
  done: (seconds: number, outcome: 'ok' | 'error') => void,
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
