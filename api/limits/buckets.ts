import type { BucketStore, Spending } from './bucket-store.ts'
import type { Policy, Standing } from './standing.ts'

/** So many calls a second, and so many at once by who has been quiet. */
export type Rate = { readonly name: string; readonly perSecond: number; readonly burst: number }

/** A bucket says when it will have drained: the later, the less room is in it. Each call puts in what drains in `costMs`. */
type Bucket = {
  readonly costMs: number
  drainedAt: number
  /** Calls that the other processes have not been told of, and when the first one came. */
  untold: number
  untoldSince: number
}

type Needs = {
  readonly store: BucketStore
  /** Called with each failure of the store; calls are let through by what this process alone knows. */
  readonly onFailure: (error: unknown) => void
  readonly now?: () => number
  /** Runs the next `share` in a while. */
  readonly later?: (share: () => Promise<void>) => void
}

const shareEveryMs = 1_000
/** Who spends less than this part of their rate here is not worth telling the others: browsing people cost nothing. */
const worthTelling = 0.05

const inAWhile = (share: () => Promise<void>): void => void setTimeout(() => void share(), shareEveryMs).unref()

/**
 * Token buckets by rate and user, without a look at the database on a call's way. Once a second, while there are calls,
 * each process adds what was spent here to a bucket in the store and takes over how full that one is. So processes may
 * together exceed a limit for a second; what was too much has to drain before the next call is let through anywhere.
 */
export function makeBuckets({ store, onFailure, now = Date.now, later = inAWhile }: Needs) {
  const buckets = new Map<string, Bucket>()
  let isDue = false

  function take(rate: Rate, user: string): Standing {
    const key = `${rate.name}:${user}`.slice(0, 128)
    const at = now()
    const costMs = 1000 / rate.perSecond
    const bucket = buckets.get(key) ?? { costMs, drainedAt: at, untold: 0, untoldSince: at }
    const fullMs = Math.max(bucket.drainedAt - at, 0)
    const room = Math.floor(rate.burst - fullMs / costMs + 1e-9)
    const policy = policyOf(rate)
    if (room < 1) {
      const resetSeconds = Math.ceil((fullMs - (rate.burst - 1) * costMs) / 1000)
      return { policy, allowed: false, remaining: 0, resetSeconds: Math.max(resetSeconds, 1) }
    }
    if (bucket.untold === 0) bucket.untoldSince = at
    bucket.untold += 1
    bucket.drainedAt = at + fullMs + costMs
    buckets.set(key, bucket)
    if (!isDue) {
      isDue = true
      later(share)
    }
    return { policy, allowed: true, remaining: room - 1, resetSeconds: Math.ceil((fullMs + costMs) / 1000) }
  }

  /** Tells the others and hears from them; goes on as long as a bucket has something in it. */
  async function share(): Promise<void> {
    const spendings = [...buckets].flatMap(([key, bucket]) => spendingOf(key, bucket, now()))
    try {
      const full = spendings.length === 0 ? new Map<string, number>() : await store.add(spendings)
      for (const [key, fullMs] of full) {
        const bucket = buckets.get(key)
        // what was spent while the store was asked comes on top
        if (bucket) bucket.drainedAt = now() + fullMs + bucket.untold * bucket.costMs
      }
    } catch (error) {
      onFailure(error)
      for (const { key, calls, sinceMs } of spendings) putBack(buckets.get(key), calls, now() - sinceMs)
    }
    for (const [key, { drainedAt }] of buckets) if (drainedAt <= now()) buckets.delete(key)
    isDue = buckets.size > 0
    if (isDue) later(share)
  }

  return { take, share }
}

export type Buckets = ReturnType<typeof makeBuckets>

const policyOf = ({ name, perSecond, burst }: Rate): Policy => ({
  name,
  quota: burst,
  windowSeconds: Math.ceil(burst / perSecond),
})

function spendingOf(key: string, bucket: Bucket, at: number): readonly Spending[] {
  const { untold: calls, untoldSince, costMs } = bucket
  const sinceMs = at - untoldSince
  if (calls === 0) return []
  bucket.untold = 0
  if (calls * costMs < worthTelling * Math.max(sinceMs, shareEveryMs)) return []
  return [{ key, calls, spentMs: Math.round(calls * costMs), sinceMs }]
}

function putBack(bucket: Bucket | undefined, calls: number, since: number): void {
  if (bucket === undefined) return
  bucket.untold += calls
  bucket.untoldSince = since
}
