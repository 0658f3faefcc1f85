import { CancellationScope, sleep } from '@temporalio/workflow'

export type Alarm = {
  /** Makes sure that it rings at this time (epoch milliseconds), or before; `undefined`: nothing to wait for. */
  readonly set: (time: number | undefined) => void
}

/**
 * One timer for whatever deadline comes first. A deadline that is met is not cancelled, which would cost two events in
 * history: the alarm rings, finds nothing due, and is set to the next. So an order on its happy path has one timer.
 */
export function makeAlarm(ring: () => void): Alarm {
  let earliest: number | undefined
  return {
    set(time) {
      if (time === undefined || (earliest !== undefined && earliest <= time)) return
      earliest = time
      // Set from signal handlers too, whose scope a cancellation request would cancel.
      void CancellationScope.nonCancellable(async () => {
        await sleep(Math.max(1, time - Date.now()), { summary: 'the next deadline' })
        if (earliest === time) earliest = undefined
        ring()
      })
    },
  }
}
