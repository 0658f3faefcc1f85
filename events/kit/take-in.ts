import { subjectOf } from '../../domain/saga/event.ts'
import type { ReceivedEvent } from '../envelope.ts'
import { Outage } from '../failure.ts'
import { type Inbox, type Mark, markKey } from './inbox.ts'

export type Counts = {
  readonly handled: number
  /** Came again and were passed over. */
  readonly duplicates: number
  /** Came while the event before them had not. */
  readonly gaps: number
  /** Came again with other content: somebody broke the contract. */
  readonly altered: number
}

export type TakeIn<Tx> = {
  readonly group: string
  readonly inbox: Inbox<Tx>
  /** Types that `handle` is for; the others are only counted. None: all. */
  readonly types?: readonly string[]
  /** Writes what the event causes with `tx`. May be called again with the same event if what it wrote was not kept. */
  readonly handle: (event: ReceivedEvent, tx: Tx) => Promise<void>
  /**
   * An event came and the one before it had not: this consumer missed it, or it lies among the dead letters. `report`
   * goes on; `stop` takes in nothing of this partition until the missing one has come. Default: `report`.
   */
  readonly gaps?: 'report' | 'stop'
  readonly onGap?: (event: ReceivedEvent) => void
  readonly onDuplicate?: (event: ReceivedEvent) => void
  readonly onAltered?: (event: ReceivedEvent) => void
}

/** Said where gaps stop a consumer. */
export class GapFound extends Outage {
  override readonly name = 'GapFound'
}

const markOf = ({ orderId, type, sequence, hash }: ReceivedEvent): Mark => ({
  subject: subjectOf(orderId, type),
  sequence,
  hash,
})

type Seen = { readonly [kind in keyof Counts]: ReceivedEvent[] }

/** What a batch goes through: one transaction for the marks and all that its events cause. */
export function makeTakeIn<Tx>(options: TakeIn<Tx>): {
  readonly counts: () => Counts
  readonly takeIn: (events: readonly ReceivedEvent[]) => Promise<void>
} {
  const { group, inbox, types, handle, gaps = 'report' } = options
  const counts = { handled: 0, duplicates: 0, gaps: 0, altered: 0 }
  const isWanted = ({ type }: ReceivedEvent) => types === undefined || types.includes(type)

  async function takeIn(tx: Tx, events: readonly ReceivedEvent[], seen: Seen): Promise<void> {
    const { fresh, known } = await inbox.claim(tx, group, events.map(markOf))
    const done = new Set<string>()
    for (const event of events) {
      const mark = markOf(event)
      const key = markKey(mark)
      if (!fresh.has(key) || done.has(key)) {
        seen.duplicates.push(event)
        if (known.get(key) !== mark.hash) seen.altered.push(event)
        continue
      }
      done.add(key)
      if (mark.sequence > 1 && !known.has(markKey({ ...mark, sequence: mark.sequence - 1 }))) {
        if (gaps === 'stop') throw new GapFound(`${event.id} came, and the event before it has not`)
        seen.gaps.push(event)
      }
      if (!isWanted(event)) continue
      await handle(event, tx)
      seen.handled.push(event)
    }
  }

  return {
    counts: (): Counts => ({ ...counts }),
    async takeIn(events: readonly ReceivedEvent[]): Promise<void> {
      let seen: Seen = { handled: [], duplicates: [], gaps: [], altered: [] }
      await inbox.transact((tx) => {
        seen = { handled: [], duplicates: [], gaps: [], altered: [] }
        return takeIn(tx, events, seen)
      })
      // only now it is true
      for (const kind of ['handled', 'duplicates', 'gaps', 'altered'] as const) counts[kind] += seen[kind].length
      for (const event of seen.duplicates) options.onDuplicate?.(event)
      for (const event of seen.gaps) options.onGap?.(event)
      for (const event of seen.altered) options.onAltered?.(event)
    },
  }
}
