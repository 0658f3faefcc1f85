import type { ReceivedEvent } from '../../events/envelope.ts'
import { measure, openAtZero, outcomes, timed } from '../../platform/meters.ts'
import { type Attributes, beginSpan, isTracing, type Kind, type Outcome, type Span } from '../../platform/tracing.ts'

/** The spans of a batch: one for each event, in the trace of the request that its order came with. */
export type Spans = {
  /** Does the work within a span below each of them. */
  readonly within: <Result>(name: string, kind: Kind, work: () => Promise<Result>) => Promise<Result>
  /** For what is done about this order from now on. */
  readonly traceparentOf: (orderId: string) => string | undefined
}

export const noSpans: Spans = { within: (_name, _kind, work) => work(), traceparentOf: () => undefined }

type Handle = (events: readonly ReceivedEvent[], spans: Spans) => Promise<void>

/** Measures what a consumer group does with its events, and traces it. */
export function observed(
  group: string,
  topic: string,
  handle: Handle,
): (events: readonly ReceivedEvent[]) => Promise<void> {
  const duration = 'messaging_process_duration_seconds'
  for (const outcome of outcomes) openAtZero({ name: duration, labels: { group, outcome } })
  openAtZero({ name: 'messaging_process_messages_total', labels: { group } })
  return (events) =>
    timed(
      (seconds, outcome) => {
        measure(duration, { group, outcome }, seconds)
        if (outcome === 'ok') measure('messaging_process_messages_total', { group }, events.length)
      },
      () => (isTracing() ? traced(group, topic, events, handle) : handle(events, noSpans)),
    )
}

async function traced(group: string, topic: string, events: readonly ReceivedEvent[], handle: Handle): Promise<void> {
  const spans = new Map<string, Span>()
  const ended: Span[] = []
  for (const event of events) {
    const span = beginSpan(`process ${topic}`, {
      parent: event.traceparent,
      kind: 'consumer',
      attributes: attributesOf(group, topic, event),
    })
    if (span === undefined) continue
    const before = spans.get(event.orderId)
    if (before !== undefined) ended.push(before)
    spans.set(event.orderId, span) // what is done about an order belongs to its last event
  }
  const all = (): readonly Span[] => [...ended, ...spans.values()]
  await endingAll(all, () =>
    handle(events, {
      traceparentOf: (orderId) => spans.get(orderId)?.traceparent,
      within: (name, kind, work) => {
        const below = all().flatMap((span) => beginSpan(name, { parent: span.traceparent, kind }) ?? [])
        return endingAll(() => below, work)
      },
    }),
  )
}

const attributesOf = (group: string, topic: string, { id, type, orderId }: ReceivedEvent): Attributes => ({
  'messaging.system': 'kafka',
  'messaging.operation.type': 'process',
  'messaging.destination.name': topic,
  'messaging.consumer.group.name': group,
  'messaging.message.id': id,
  'holdfast.event.type': type,
  'holdfast.order.id': orderId,
})

async function endingAll<Result>(spans: () => readonly Span[], work: () => Promise<Result>): Promise<Result> {
  let outcome: Outcome = {}
  try {
    return await work()
  } catch (error) {
    outcome = { error }
    throw error
  } finally {
    for (const span of spans()) span.end(outcome)
  }
}
