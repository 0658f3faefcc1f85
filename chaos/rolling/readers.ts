import { setTimeout as pause } from 'node:timers/promises'
import { ok } from '../kinds.ts'
import type { World } from '../world.ts'

/** What customers saw who read and followed while others ordered. */
export type Seen = {
  readonly reads: number
  /** Orders that were followed event by event to their end. */
  readonly followed: number
  /** Where an event was missing or came twice, or the stream ended in an error. */
  readonly broken: readonly string[]
}

/** Reads at this rate, and follows one order after the other. @returns what ends it, when the streams have ended. */
export function startReading(
  { customer, load }: Pick<World, 'customer' | 'load'>,
  perSecond: number,
): () => Promise<Seen> {
  const broken: string[] = []
  const following = new Set<Promise<void>>()
  let [over, reads, followed] = [false, 0, 0]

  async function follow(): Promise<void> {
    const id = await load.place(ok)
    let last = 0
    for await (const { sequence } of customer.follow(id)) {
      if (sequence !== last + 1) broken.push(`order ${id}: event ${sequence} came behind ${last}`)
      last = sequence
    }
    followed += 1
  }

  async function read(): Promise<void> {
    reads += 1
    const answer =
      reads % 2 === 0
        ? await customer.api.v1.orders.$get({ query: { limit: '20' } })
        : await customer.api.v1.products.$get({ query: {} })
    await answer.text()
  }

  const note = (error: unknown): void => void broken.push(String(error))
  const reading = (async () => {
    const under = new Set<Promise<void>>()
    while (!over) {
      const one: Promise<void> = read().catch(note).finally(() => under.delete(one)) // prettier-ignore
      under.add(one)
      await pause(1000 / perSecond)
    }
    await Promise.all(under)
  })()
  const opening = (async () => {
    while (!over) {
      const one: Promise<void> = follow().catch(note).finally(() => following.delete(one)) // prettier-ignore
      following.add(one)
      await pause(2_000)
    }
  })()

  return async () => {
    over = true
    await Promise.all([reading, opening])
    await Promise.all(following)
    return { reads, followed, broken }
  }
}
