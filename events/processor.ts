import type { Log } from '../platform/log.ts'
import type { DeadLetters } from './dead-letters.ts'
import { fromMessage, namesOf, type RawMessage, type ReceivedEvent } from './envelope.ts'
import { classify, judge, type Verdict } from './failure.ts'

export type Stop = {
  /** The partition was taken away, or the process ends: what is not done is left to whoever gets it next. */
  readonly requested: () => boolean
  /** Keeps the membership of the group while an outage is waited out. @throws when the group rebalances. */
  readonly beat: () => Promise<void>
  /** Told each time an outage makes the partition wait. */
  readonly waits?: (error: unknown) => void
}

export type ProcessorOptions = {
  /** By headers alone: what is not for this service is not even parsed. */
  readonly accepts: (message: RawMessage) => boolean
  /** Takes events of one partition in order; may be given the same ones again, and has to give the same result. */
  readonly handle: (events: readonly ReceivedEvent[]) => Promise<void>
  /** Called after a message was stored as a dead letter. */
  readonly onDeadLetter: (message: RawMessage, error: unknown) => Promise<void>
  readonly deadLetters: DeadLetters
  readonly log: Log
}

type Failure = { readonly error: unknown; readonly verdict: Verdict }
type Parsed = { readonly message: RawMessage; readonly event: ReceivedEvent }

/**
 * What happens to a batch. Never throws because of a message: an outage is waited out with the order kept, a message
 * that can't be read or keeps failing alone becomes a dead letter, many different orders failing alike are an outage.
 * @returns a function that says whether the whole batch is done, so that its offset may be committed.
 */
export function makeProcessor({ accepts, handle, onDeadLetter, deadLetters, log }: ProcessorOptions) {
  /** Orders that failed since the last success, whoever's fault it is. */
  const failing = new Set<string>()

  /** @returns false if it had to stop before it was done. */
  async function untilDone(what: string, stop: Stop, attempt: () => Promise<void>): Promise<boolean> {
    for (let tries = 0; !stop.requested(); tries += 1) {
      try {
        await attempt()
        return true
      } catch (error) {
        log.warn({ err: error, tries }, `${what} failed; waiting, nothing is lost`)
        stop.waits?.(error)
        await pause(delayOf(tries), stop)
      }
    }
    return false
  }

  async function bury(message: RawMessage, error: unknown, attempts: number, stop: Stop): Promise<boolean> {
    const { partition, offset } = message
    log.error({ err: error, ...namesOf(message), partition, offset, attempts }, 'dead letter')
    const stored = await untilDone('storing a dead letter', stop, () => deadLetters.store(message, error, attempts))
    return stored && untilDone('telling of a dead letter', stop, () => onDeadLetter(message, error))
  }

  /** @returns what went wrong, or undefined. */
  async function failureOf(parsed: readonly Parsed[]): Promise<Failure | undefined> {
    try {
      await handle(parsed.map(({ event }) => event))
      failing.clear()
      return undefined
    } catch (error) {
      const verdict = classify(error)
      const [only, ...others] = parsed
      const whose = only !== undefined && others.length === 0 ? namesOf(only.message) : {}
      log.warn({ err: error, verdict, events: parsed.length, ...whose }, 'events could not be handled')
      return { error, verdict } // not swallowed: the caller decides by the verdict
    }
  }

  /** All at once; if it may be the fault of one of them, one by one. */
  async function attempt(parsed: readonly Parsed[], stop: Stop): Promise<boolean> {
    for (let waits = 0; !stop.requested(); waits += 1) {
      const failure = await failureOf(parsed)
      if (failure === undefined) return true
      if (failure.verdict === 'suspect' || failure.verdict === 'poison') return oneByOne(parsed, stop)
      if (failure.verdict === 'outage') stop.waits?.(failure.error)
      await pause(failure.verdict === 'repeatTransaction' ? 20 : delayOf(waits), stop)
    }
    return false
  }

  /**
   * Rounds over what is left, each event by itself, an order's events in sequence: so the whole batch has been probed
   * before any of it is given up, and a bad deployment is seen for what it is.
   */
  async function oneByOne(parsed: readonly Parsed[], stop: Stop): Promise<boolean> {
    const tries = new Map<Parsed, number>()
    let left = parsed
    let someSucceeded = false
    for (let waits = 0; left.length > 0 && !stop.requested(); waits += 1) {
      const failed = new Map<Parsed, Failure>()
      const blocked = new Set<string>()
      for (const one of left) {
        if (blocked.has(one.event.orderId) || stop.requested()) continue
        const failure = await failureOf([one])
        await stop.beat()
        if (failure === undefined) {
          left = left.filter((other) => other !== one)
          someSucceeded = true
          continue
        }
        blocked.add(one.event.orderId)
        failed.set(one, failure)
        if (failure.verdict === 'suspect') failing.add(one.event.orderId)
      }
      for (const [one, { error }] of failed) {
        const count = (tries.get(one) ?? 0) + 1
        // What fails beside others that succeed is no outage; while it is one, nobody's tries are counted.
        const judged = judge(error, { tries: count, ordersFailing: someSucceeded ? 1 : failing.size })
        if (judged === 'poison') {
          if (!(await bury(one.message, error, count, stop))) return false
          failing.delete(one.event.orderId)
          left = left.filter((other) => other !== one)
        } else if (judged === 'tryAgain') tries.set(one, count)
        else if (judged === 'outage') stop.waits?.(error)
      }
      if (left.length > 0 && failed.size > 0) await pause(delayOf(waits), stop)
    }
    return left.length === 0
  }

  return async (messages: readonly RawMessage[], stop: Stop): Promise<boolean> => {
    const parsed: Parsed[] = []
    for (const message of messages.filter(accepts)) {
      try {
        parsed.push({ message, event: fromMessage(message) })
      } catch (error) {
        if (!(await bury(message, error, 1, stop))) return false
      }
    }
    return parsed.length === 0 || attempt(parsed, stop)
  }
}

const delayOf = (waits: number): number => Math.min(5_000, 200 * 2 ** Math.min(waits, 5))

/** Waits in small pieces, with a heartbeat at each: a long wait without one would cost the membership. */
async function pause(ms: number, stop: Stop): Promise<void> {
  const end = Date.now() + ms
  while (Date.now() < end && !stop.requested()) {
    await new Promise((resolve) => setTimeout(resolve, Math.min(500, Math.max(1, end - Date.now()))))
    await stop.beat()
  }
}
