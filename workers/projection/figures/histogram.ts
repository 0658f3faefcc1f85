/**
 * Times in buckets that grow by the same factor, so that counts of minutes add up to those of hours, and a quantile is
 * right to within a bucket, which is 9 %, however long times are.
 */
const perDoubling = 8

/** The bucket of a time in milliseconds; SQL of the database does the same in `bucketSql`. */
export const bucketOf = (ms: number): number => Math.floor(perDoubling * Math.log2(Math.max(1, ms)))

/** @param ms an expression of SQL. */
export const bucketSql = (ms: string): string => `FLOOR(${perDoubling} * LOG2(GREATEST(1, ${ms})))`

const beginOf = (bucket: number): number => 2 ** (bucket / perDoubling)

/** How many times each bucket has. */
export type Histogram = ReadonlyMap<number, number>

/**
 * The time that this part of all times does not exceed, in whole milliseconds: within its bucket, as if times were
 * spread evenly there.
 * @returns undefined of no times at all.
 */
export function quantile(histogram: Histogram, part: number): number | undefined {
  const all = [...histogram.values()].reduce((sum, count) => sum + count, 0)
  const rank = Math.max(1, Math.ceil(part * all))
  let below = 0
  for (const [bucket, count] of [...histogram].toSorted(([a], [b]) => a - b)) {
    if (below + count >= rank) return Math.round(beginOf(bucket + (rank - below) / count))
    below += count
  }
  return undefined
}

/** All times of several together. */
export function merged(histograms: Iterable<Histogram>): Histogram {
  const sum = new Map<number, number>()
  for (const histogram of histograms) {
    for (const [bucket, count] of histogram) sum.set(bucket, (sum.get(bucket) ?? 0) + count)
  }
  return sum
}
