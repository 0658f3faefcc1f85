import type { Log } from '../platform/log.ts'
import { isOutage } from './outage.ts'

/** For work in the background that is tried again: an outage passes, anything else is a bug of ours. */
export const tellFailure =
  (log: Pick<Log, 'warn' | 'error'>, message: string) =>
  (error: unknown): void => {
    if (isOutage(error)) log.warn({ err: error }, message)
    else log.error({ err: error }, message)
  }
