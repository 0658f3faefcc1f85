import { failpoint } from '../platform/failpoint.ts'
import type { Log } from '../platform/log.ts'

export type Place = { readonly topic: string; readonly partition: number }
export type PlaceOffset = Place & {
  readonly offset: string
  /** Why the partition stands still there; absent while it moves. */
  readonly metadata?: string
}

export type Commit = (offsets: readonly PlaceOffset[]) => Promise<void>

export type Offsets = {
  /** Everything of the partition up to this offset was handled; `commit` works until the next rebalance. */
  readonly handled: (place: Place, lastOffset: string, commit: Commit) => Promise<void>
  /** The partition stands still at this offset: said beside it, for whoever looks at the group. */
  readonly standsStill: (place: Place, offset: string, why: string, commit: Commit) => void
  /** The partitions may be somebody else's now: what was not committed, they read again. */
  readonly forget: () => void
  /** Commits what is left, and from here on whatever is handled at once: the group is about to be left. */
  readonly hurry: () => Promise<void>
}

const commitEveryMs = 500

/**
 * Commits the offsets of handled events, a little later and many at once: a commit for each batch cost the broker more
 * than the events themselves. A process killed in between reads a few events again, which the inbox knows.
 */
export function makeOffsets(log: Log): Offsets {
  const waiting = new Map<string, PlaceOffset>()
  let timer: ReturnType<typeof setTimeout> | undefined
  let committing = Promise.resolve()
  let commit: Commit = () => Promise.resolve()
  let hurried = false

  async function flush(): Promise<void> {
    timer = undefined
    const offsets = [...waiting.values()]
    waiting.clear()
    if (offsets.length === 0) return
    failpoint('offset.handled')
    try {
      await commit(offsets)
    } catch (error) {
      // the next commit of these partitions says more than this one; without one, the events are read again
      log.warn({ err: error, partitions: offsets.length }, 'offsets were not committed')
    }
  }

  function flushNow(): Promise<void> {
    committing = committing.then(flush)
    return committing
  }

  function note(offset: PlaceOffset, commitNow: Commit): void {
    commit = commitNow
    waiting.set(`${offset.topic}:${offset.partition}`, offset)
    if (!hurried) timer ??= setTimeout(() => void flushNow(), commitEveryMs)
  }

  return {
    async handled({ topic, partition }, lastOffset, commitNow) {
      note({ topic, partition, offset: String(BigInt(lastOffset) + 1n) }, commitNow)
      if (hurried) await flushNow()
    },
    standsStill({ topic, partition }, offset, why, commitNow) {
      note({ topic, partition, offset, metadata: why }, commitNow)
    },
    forget: () => waiting.clear(),
    hurry() {
      hurried = true
      clearTimeout(timer)
      return flushNow()
    },
  }
}
