import type { OrderEvent } from '../domain/saga/event.ts'
import { toMessage } from '../events/envelope.ts'
import type { Publisher } from '../events/publisher.ts'
import { failpoint } from '../platform/failpoint.ts'

/** What a workflow asks of the outside world: one thing, and it may be repeated. */
export function makeActivities({ publisher }: { readonly publisher: Publisher }) {
  return {
    /** Resolves when Kafka has them all. Repeating it is harmless: readers know the event by its id. */
    async publishEvents(events: readonly OrderEvent[]): Promise<void> {
      failpoint('publish.asked')
      await publisher.publish(events.map(toMessage))
      failpoint('publish.sent')
    },
  }
}

export type Activities = ReturnType<typeof makeActivities>
