import type { OrderEvent } from '../domain/saga/event.ts'
import { toMessage } from '../events/envelope.ts'
import type { Publisher } from '../events/publisher.ts'
import { type Beginning, inSpan } from '../platform/tracing.ts'
import { failpoint } from '../platform/failpoint.ts'

/** What a workflow asks of the outside world: one thing, and it may be repeated. */
export function makeActivities({ publisher }: { readonly publisher: Publisher }) {
  return {
    /** Resolves when Kafka has them all. Repeating it is harmless: readers know the event by its id. */
    publishEvents: (events: readonly OrderEvent[]): Promise<void> =>
      inSpan('RunActivity:publishEvents', beginning(events), async () => {
        failpoint('publish.asked')
        await publisher.publish(events.map(toMessage))
        failpoint('publish.sent')
      }),
  }
}

export type Activities = ReturnType<typeof makeActivities>

/** All events of a publish are one order's, and of one trace. */
const beginning = (events: readonly OrderEvent[]): Beginning => ({
  parent: events[0]?.traceparent,
  kind: 'producer',
  attributes: {
    'messaging.system': 'kafka',
    'messaging.operation.type': 'send',
    'messaging.batch.message_count': events.length,
    'holdfast.order.id': events[0]?.orderId ?? '',
    'holdfast.event.types': events.map(({ type }) => type).join(','),
  },
})
