import { setTimeout as pause } from 'node:timers/promises'
import type { OrderEvent } from '../../domain/saga/event.ts'
import type { Log } from '../../platform/log.ts'

const most = 20_000
const stepMs = 500
/** The projection is not further behind than this with an order that the topic had before we began to read. */
const patienceMs = 10_000

type Needs = {
  readonly log: Log
  /** By order; without those that are not known. */
  readonly lookUp: (orderIds: readonly string[]) => Promise<ReadonlyMap<string, string>>
}

/** Whose an order is: as its events say, and where they are too old to be remembered, as the projection does. */
export function makeOwners({ log, lookUp }: Needs) {
  const owners = new Map<string, string>()

  function learn(orderId: string, owner: string): void {
    owners.delete(orderId)
    owners.set(orderId, owner)
    const [oldest] = owners.keys()
    if (owners.size > most && oldest !== undefined) owners.delete(oldest)
  }

  const unknown = (events: readonly OrderEvent[]): readonly string[] => [
    ...new Set(events.map(({ orderId }) => orderId).filter((id) => !owners.has(id))),
  ]

  /** Waits while the database is away; an order that nobody knows stays without an owner. */
  async function find(events: readonly OrderEvent[], beat: () => Promise<void>): Promise<ReadonlyMap<string, string>> {
    for (const { orderId, data } of events) if (data.order !== undefined) learn(orderId, data.order.customerId)
    let until = Date.now() + patienceMs
    for (let ids = unknown(events); ids.length > 0; ids = unknown(events)) {
      try {
        for (const [orderId, owner] of await lookUp(ids)) learn(orderId, owner)
      } catch (error) {
        log.warn({ err: error }, 'whose orders these are is not told; the streams of all orders wait')
        until = Date.now() + patienceMs
      }
      if (unknown(events).length === 0) break
      if (Date.now() > until) {
        log.warn({ orderIds: unknown(events) }, 'events of orders that nobody knows: only staff see them')
        break
      }
      await pause(stepMs)
      await beat()
    }
    return new Map(events.flatMap(({ orderId }) => own(orderId)))
  }

  const own = (orderId: string): readonly (readonly [string, string])[] => {
    const owner = owners.get(orderId)
    return owner === undefined ? [] : [[orderId, owner]]
  }

  return { find }
}

export type Owners = ReturnType<typeof makeOwners>
