import type { ActivityOptions, LocalActivityOptions } from '@temporalio/common'
import { proxyActivities, proxyLocalActivities, TemporalFailure } from '@temporalio/workflow'
import type { Activities } from '../activities/index.ts'
import type { OrderEvent } from '../domain/saga/event.ts'

/**
 * Who may publish what a message caused. A local activity runs before the decision that ordered it is in history, so
 * only what is in history already may cause one: an answer. What a timer, an Update or an operator causes goes by a
 * normal activity, whose input is in history first. Else a worker killed after publishing could, on its retry, give
 * the same event id other content.
 */
export type Cause = 'inHistory' | 'thisDecision'

const locally: LocalActivityOptions = { startToCloseTimeout: '3s', retry: { maximumAttempts: 1 } }
const patiently: ActivityOptions = {
  startToCloseTimeout: '30s',
  retry: { initialInterval: '250ms', backoffCoefficient: 2, maximumInterval: '5s' },
}
const local = proxyLocalActivities<Activities>(locally).publishEvents
const normal = proxyActivities<Activities>(patiently).publishEvents

/** What is published, for those who look at the workflow in the Temporal Web UI. */
const summaryOf = (batch: readonly OrderEvent[]): string =>
  batch
    .map(({ type }) => type)
    .join(', ')
    .slice(0, 200)

/** A publish that took longer gives its time back to the deadlines of what it asked. */
const lateAfterMs = 3_000

export type Outbox = {
  /** Events of one decision, in order. */
  readonly append: (events: readonly OrderEvent[], cause: Cause) => void
  /** Publishes, one batch in flight, in order, until nothing is left and nothing more will come. */
  readonly drain: (isOver: () => boolean) => Promise<void>
  /** Whether all is over may have changed without an event. */
  readonly look: () => void
  /** A publish did not get through at once and is being repeated: Kafka is away. */
  readonly isHeldUp: () => boolean
  /** What a decision caused is being published: nobody has heard of its asks yet. */
  readonly isDeciding: () => boolean
}

/**
 * The events still to be published. A publish that takes more than 3 s goes on as a normal activity without a limit of
 * tries, so that an outage of Kafka doesn't tie up the workflow worker.
 * @param published called after each publish; `late` when it had been held up.
 */
export function makeOutbox(published: (events: readonly OrderEvent[], late: boolean) => void): Outbox {
  let waiting: readonly OrderEvent[] = []
  let needsHistory = false
  let heldUp = false
  let deciding = false
  let ring: () => void = () => undefined

  async function publish(batch: readonly OrderEvent[], isDecision: boolean): Promise<void> {
    if (!isDecision) {
      try {
        await local.executeWithOptions({ ...locally, summary: summaryOf(batch) }, [batch])
        return published(batch, false)
      } catch (error) {
        // A time-out may come bare or wrapped as an ActivityFailure; anything that is no failure of Temporal's is a bug.
        if (!(error instanceof TemporalFailure)) throw error
        heldUp = true // not published in time: the same events, the same bytes, by the patient way
      }
    }
    const begun = Date.now()
    deciding = isDecision
    await normal.executeWithOptions({ ...patiently, summary: summaryOf(batch) }, [batch])
    const late = heldUp || Date.now() - begun > lateAfterMs
    heldUp = false
    deciding = false
    published(batch, late)
  }

  return {
    append(events, cause) {
      if (events.length === 0) return
      waiting = [...waiting, ...events]
      needsHistory ||= cause === 'thisDecision'
      ring()
    },
    async drain(isOver) {
      while (waiting.length > 0 || !isOver()) {
        if (waiting.length === 0) {
          await new Promise<void>((resolve) => {
            ring = resolve
          })
          continue
        }
        const [batch, isDecision] = [waiting, needsHistory]
        waiting = []
        needsHistory = false
        await publish(batch, isDecision)
      }
    },
    look: () => ring(),
    isHeldUp: () => heldUp,
    isDeciding: () => deciding,
  }
}
