import type { Log } from '../platform/log.ts'
import type { DeadLetters } from './dead-letters.ts'
import { fromMessage, type RawMessage, type ReceivedEvent } from './envelope.ts'
import { classify, judge } from './failure.ts'

export type Stop = {
  /** The partition was taken away, or the process ends: what is not done is left to whoever gets it next. */
  readonly requested: () => boolean
  /** Keeps the membership of the group while an outage is waited out. @throws when the group rebalances. */
  readonly beat: () => Promise<void>
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
        await pause(Math.min(5_000, 200 * 2 ** Math.min(tries, 5)), stop)
      }
    }
    return false
  }

  async function bury(message: RawMessage, error: unknown, attempts: number, stop: Stop): Promise<boolean> {
    log.error({ err: error, partition: message.partition, offset: message.offset, attempts }, 'dead letter')
    const stored = await untilDone('storing a dead letter', stop, () => deadLetters.store(message, error, attempts))
    return stored && untilDone('telling of a dead letter', stop, () => onDeadLetter(message, error))
  }

  /** Tries a set of events as one. A lone suspect is judged by how often it failed and who else fails. */
  async function attempt(parsed: readonly Parsed[], stop: Stop): Promise<boolean> {
    let tries = 0
    for (let waits = 0; !stop.requested(); waits += 1) {
      try {
        await handle(parsed.map(({ event }) => event))
        failing.clear()
        return true
      } catch (error) {
        const verdict = classify(error)
        if (verdict === 'suspect' && parsed.length > 1) return oneByOne(parsed, stop)
        const only = parsed[0]
        if (verdict === 'suspect' && only !== undefined) {
          tries += 1
          failing.add(only.event.orderId)
          if (judge(tries, failing.size) === 'poison') return bury(only.message, error, tries, stop)
        }
        log.warn({ err: error, verdict, events: parsed.length, waits }, 'events could not be handled; trying again')
        await pause(verdict === 'repeatTransaction' ? 20 : Math.min(5_000, 200 * 2 ** Math.min(waits, 5)), stop)
      }
    }
    return false
  }

  async function oneByOne(parsed: readonly Parsed[], stop: Stop): Promise<boolean> {
    for (const one of parsed) {
      if (!(await attempt([one], stop))) return false
      await stop.beat()
    }
    return true
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

/** Waits in small pieces, with a heartbeat at each: a long wait without one would cost the membership. */
async function pause(ms: number, stop: Stop): Promise<void> {
  const end = Date.now() + ms
  while (Date.now() < end && !stop.requested()) {
    await new Promise((resolve) => setTimeout(resolve, Math.min(500, Math.max(1, end - Date.now()))))
    await stop.beat()
  }
}
