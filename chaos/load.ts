import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { Client } from '../client/index.ts'
import { isProblem } from '../client/problem.ts'
import { type Random, upTo } from '../platform/seeded.ts'
import { anyKind, type Kind } from './kinds.ts'

export type Placed = {
  readonly kind: Kind
  /** More than one: the same key led to two orders. */
  readonly ids: readonly string[]
  readonly askedAt: number
}

export type Load = {
  /** Every order that was accepted. */
  readonly placed: readonly Placed[]
  /** Answers that are neither an acceptance nor "come again later". */
  readonly unexpected: readonly string[]
  /** Places one more beside the steady ones; insists until it is accepted. */
  readonly place: (kind: Kind) => Promise<string>
  /** Places mixed orders at this rate until it is ended; resolves when the last one was accepted. */
  readonly steadily: (rate: Rate) => { readonly end: () => Promise<void> }
}

export type Rate = {
  readonly ordersPerSecond: number
  /** Whether some orders wait for a deadline. */
  readonly isPatient: boolean
}

/** A customer who gets no answer asks again, under the same key, for as long as this. */
const patienceMs = 180_000

/** @param unexpected where others note what they were not to see, too. */
export function makeLoad(customer: Client, random: Random, unexpected: string[]): Load {
  const placed: Placed[] = []

  async function untilAccepted(kind: Kind, key: string): Promise<string> {
    const until = Date.now() + patienceMs
    for (;;) {
      try {
        return (await customer.place(kind.wish, { key, signal: AbortSignal.timeout(15_000) })).id
      } catch (error) {
        if (!isAway(error)) unexpected.push(textOf(error))
        if (Date.now() > until) throw error
        await pause(500)
      }
    }
  }

  async function cancel(id: string): Promise<void> {
    const init = { signal: AbortSignal.timeout(25_000) }
    const asked = customer.api.v1.orders[':id'].cancellation.$post({ param: { id }, json: {} }, { init })
    await asked.catch((error: unknown) => {
      // whether it was cancelled is the order's to say; too late is an answer, too
      if (!isAway(error) && !isProblem(error, 'order_not_cancellable')) unexpected.push(textOf(error))
    })
  }

  async function place(kind: Kind): Promise<string> {
    const key = randomUUID()
    const askedAt = Date.now()
    // an impatient customer's double click
    const clicks = upTo(random, 10) === 0 ? 2 : 1
    const ids = await Promise.all(Array.from({ length: clicks }, () => untilAccepted(kind, key)))
    placed.push({ kind, ids: [...new Set(ids)], askedAt })
    const [id = ''] = ids
    if (kind.cancels) await cancel(id)
    return id
  }

  return {
    placed,
    unexpected,
    place,
    steadily({ ordersPerSecond, isPatient }) {
      const under: Promise<unknown>[] = []
      let over = false
      const placing = (async () => {
        for (let next = Date.now(); !over; next += 1000 / ordersPerSecond) {
          under.push(place(anyKind(random, isPatient)).catch((error: unknown) => unexpected.push(textOf(error))))
          await pause(Math.max(0, next + 1000 / ordersPerSecond - Date.now()))
        }
      })()
      return {
        async end() {
          over = true
          await placing
          await Promise.all(under)
        },
      }
    },
  }
}

/** Not there, not there in time, or too busy: what an outage may answer. */
const isAway = (error: unknown): boolean =>
  isProblem(error) ? [0, 429, 503].includes(error.status) : error instanceof Error && /Timeout|Abort/.test(error.name)

const textOf = (error: unknown): string =>
  isProblem(error) ? `${error.status} ${error.code} ${error.message}` : String(error)
