import type { Log } from '../platform/log.ts'

type PartitionOffset = { readonly partition: number; readonly offset: string }

export type Commit = (offsets: readonly PartitionOffset[]) => Promise<void>

export type Offsets = {
  /** Everything of the partition up to this offset was handled; `commit` works until the next rebalance. */
  readonly handled: (partition: number, lastOffset: string, commit: Commit) => Promise<void>
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
  const waiting = new Map<number, string>()
  let timer: ReturnType<typeof setTimeout> | undefined
  let committing = Promise.resolve()
  let commit: Commit = () => Promise.resolve()
  let hurried = false

  async function flush(): Promise<void> {
    timer = undefined
    const offsets = [...waiting].map(([partition, offset]) => ({ partition, offset }))
    waiting.clear()
    if (offsets.length === 0) return
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

  return {
    async handled(partition, lastOffset, commitNow) {
      commit = commitNow
      waiting.set(partition, String(BigInt(lastOffset) + 1n))
      if (hurried) return flushNow()
      timer ??= setTimeout(() => void flushNow(), commitEveryMs)
    },
    forget: () => waiting.clear(),
    hurry() {
      hurried = true
      clearTimeout(timer)
      return flushNow()
    },
  }
}
