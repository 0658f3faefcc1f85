import type { Kysely } from 'kysely'
import { type Lane, lanes } from '../../events/topics.ts'
import type { AddressTables } from './address-book.ts'
import { deliver, type DeliverNeeds } from './deliver.ts'
import { claimDue, leaseMs, release } from './outbox.ts'
import { makePace } from './pace.ts'
import { makeSlots } from './slots.ts'
import { type Addressed, sortOut } from './sort-out.ts'
import { outageMs } from './verdict.ts'

type SenderNeeds = DeliverNeeds & {
  readonly identity: Kysely<AddressTables>
  /** Of both lanes together. */
  readonly perSecond: number
  /** Mails on their way at once; one of them is never a campaign's. */
  readonly connections: number
}

export type Sender = {
  /** Something came on this lane. */
  readonly wake: (lane: Lane) => void
  /** Resolves when what is on its way is through. */
  readonly stop: () => Promise<void>
}

/** How many of a lane are claimed at once: a campaign's may not be claimed for long before they go. */
const chunk: Readonly<Record<Lane, number>> = { realtime: 50, bulk: 20 }
/** Then all is looked for again: what was postponed, and what a process left that died. */
const lookAgainMs = 5_000
/** A claim that ends sooner than this is left to whoever claims it next. */
const enoughMs = leaseMs / 2

/**
 * Sends what is due: always the realtime lane's first, however much the bulk lane has, at one pace for both. Any number
 * of processes may do this at once, each at its own pace.
 */
export function startSender(needs: SenderNeeds): Sender {
  const { database, log } = needs
  const pace = makePace(needs.perSecond)
  const slots = makeSlots(needs.connections)
  const ready: Record<Lane, Addressed[]> = { realtime: [], bulk: [] }
  const mayHaveMore: Record<Lane, boolean> = { realtime: true, bulk: true }
  let lookedAt = Number.NEGATIVE_INFINITY
  let failures = 0
  /** Why nothing can be sent, while that is so. */
  let blocked: string | undefined
  let isStopping = false

  async function next(): Promise<Addressed | undefined> {
    for (const lane of lanes) {
      if (lane === 'bulk' && slots.free() < 2 && slots.taken('bulk') > 0) continue
      if (ready[lane].length === 0 && mayHaveMore[lane]) {
        mayHaveMore[lane] = false
        const claimed = await claimDue(database, lane, chunk[lane])
        if (claimed.length === chunk[lane]) mayHaveMore[lane] = true
        ready[lane].push(...(await sortOut(needs, claimed)))
      }
      const one = ready[lane].shift()
      if (one !== undefined) return one
    }
    return undefined
  }

  async function send(one: Addressed): Promise<void> {
    try {
      const outage = await deliver(needs, one)
      if (outage === undefined) {
        failures = 0
        return
      }
      blocked = outage
      ready[one.lane].unshift(one)
      log.warn({ cause: outage, failures }, 'no mail server takes anything; waiting, nothing is lost')
    } catch (error) {
      // its lease runs out, and then it is found again
      log.warn({ err: error, message: one.source }, 'what became of a message could not be noted')
      blocked = 'database'
    }
  }

  /** Everything back to the table, then a pause that grows. */
  async function waitOut(): Promise<void> {
    await slots.allFree()
    failures += 1
    for (const lane of lanes) {
      await release(database, ready[lane].splice(0), blocked ?? null)
      mayHaveMore[lane] = true
    }
    await slots.pause(outageMs(failures))
    blocked = undefined
  }

  /** @returns when something was begun, or there is nothing to begin. */
  async function step(): Promise<void> {
    if (blocked !== undefined) return waitOut()
    await slots.oneFree()
    const wait = pace.waitMs()
    if (wait > 0) return slots.pause(wait)
    if (performance.now() - lookedAt > lookAgainMs) {
      lookedAt = performance.now()
      for (const lane of lanes) mayHaveMore[lane] = true
    }
    const one = await next()
    if (one === undefined) return slots.untilWoken(lookAgainMs)
    if (one.leaseUntil - Date.now() < enoughMs) return
    pace.take()
    slots.run(one.lane, () => send(one))
  }

  async function run(): Promise<void> {
    while (!isStopping) {
      try {
        await step()
      } catch (error) {
        log.warn({ err: error }, 'messages could not be looked for; trying again')
        await slots.pause(1_000)
      }
    }
    await slots.allFree()
    for (const lane of lanes) await release(database, ready[lane], null)
  }

  const running = run().catch((error: unknown) => {
    // claims run out by themselves
    log.warn({ err: error }, 'claimed messages could not be given back')
  })
  return {
    wake(lane) {
      mayHaveMore[lane] = true
      slots.wake()
    },
    async stop() {
      isStopping = true
      slots.end()
      await running
    },
  }
}
