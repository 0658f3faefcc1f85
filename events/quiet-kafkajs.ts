import { createRequire } from 'node:module'

type RequestQueue = {
  readonly pending: readonly unknown[]
  /** Epoch milliseconds; in the past, or -1, where the broker throttles nobody. */
  readonly throttledUntil: number
  scheduleCheckPendingRequests: () => void
}

const { prototype } = createRequire(import.meta.url)('kafkajs/src/network/requestQueue/index.js') as {
  readonly prototype: RequestQueue
}
const schedule = prototype.scheduleCheckPendingRequests

/**
 * kafkajs 2.2.4 looks for waiting requests with a timer that sets itself again, and where nobody is throttled its delay
 * is negative: a thousand wake-ups a second for each connection, idle or not (its issue 1556). Here it looks only while
 * something waits; whoever has to wait sets the timer anyway.
 */
export function quietKafkajs(): void {
  prototype.scheduleCheckPendingRequests = function (this: RequestQueue) {
    if (this.pending.length > 0 || this.throttledUntil > Date.now()) schedule.call(this)
  }
}
