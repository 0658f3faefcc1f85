import { expect, it } from 'vitest'
import type { BucketStore } from './bucket-store.ts'
import { makeBuckets } from './buckets.ts'

const orders = { name: 'orders', perSecond: 20, burst: 50 }

/** As the table does it, with the test's clock. */
function sharedStore(now: () => number) {
  const drainedAt = new Map<string, number>()
  let asked = 0
  let isDown = false
  const store: BucketStore = {
    async add(spendings) {
      asked += 1
      if (isDown) throw new Error('down')
      return new Map(
        spendings.map(({ key, spentMs, sinceMs }) => {
          const next = Math.max(drainedAt.get(key) ?? 0, now() - sinceMs) + spentMs
          drainedAt.set(key, next)
          return [key, Math.max(next - now(), 0)] as const
        }),
      )
    },
  }
  return { store, asked: () => asked, setDown: (value: boolean) => (isDown = value) }
}

function setUp(processes: number) {
  let time = 1_000_000
  const now = () => time
  const shared = sharedStore(now)
  const failures: unknown[] = []
  const needs = {
    store: shared.store,
    now,
    later: () => undefined,
    onFailure: (error: unknown) => failures.push(error),
  }
  const all = Array.from({ length: processes }, () => makeBuckets(needs))
  const admitted = (buckets: (typeof all)[number], tries: number) =>
    Array.from({ length: tries }, () => buckets.take(orders, 'kim')).filter(({ allowed }) => allowed).length
  /** Each process is asked so often in each of so many seconds. @returns how many calls were let through. */
  async function press(perSecond: number, seconds: number): Promise<number> {
    let sum = 0
    for (let tenth = 0; tenth < seconds * 10; tenth += 1) {
      for (const buckets of all) sum += admitted(buckets, perSecond / 10)
      time += 100
      if (tenth % 10 === 9) for (const buckets of all) await buckets.share()
    }
    return sum
  }
  return { all, admitted, press, pass: (ms: number) => (time += ms), failures, ...shared }
}

it('lets a burst through, then the rate, and says when to come again', () => {
  const { all, admitted, pass } = setUp(1)
  const [buckets] = all
  if (buckets === undefined) throw new Error('none')
  expect(buckets.take(orders, 'kim')).toMatchObject({
    policy: { name: 'orders', quota: 50, windowSeconds: 3 },
    allowed: true,
    remaining: 49,
    resetSeconds: 1,
  })
  expect(admitted(buckets, 100)).toBe(49)
  expect(buckets.take(orders, 'kim')).toMatchObject({ allowed: false, remaining: 0, resetSeconds: 1 })
  expect(buckets.take(orders, 'somebody else').allowed).toBe(true)
  pass(1_000)
  expect(admitted(buckets, 100)).toBe(20)
  pass(60_000)
  expect(admitted(buckets, 100)).toBe(50)
})

it.each([1, 2, 5])('keeps %i processes together near the limit, however hard they are pressed', async (processes) => {
  const { press } = setUp(processes)
  const seconds = 60
  const sum = await press(100, seconds)
  const limit = 50 + 20 * seconds
  expect(sum).toBeGreaterThan(0.95 * limit - 50)
  // a burst and a second in each process, before they hear of each other
  expect(sum).toBeLessThan(limit + processes * (50 + 20))
})

it('does not hinder who keeps to the limit over several processes', async () => {
  const { press } = setUp(2)
  expect(await press(10, 30)).toBe(2 * 10 * 30)
})

it('asks nothing of the store for who calls seldom, nor when nobody calls', async () => {
  const { all, admitted, asked } = setUp(1)
  const [buckets] = all
  if (buckets === undefined) throw new Error('none')
  await buckets.share()
  const browsing = { name: 'reads', perSecond: 500, burst: 500 }
  for (let call = 0; call < 5; call += 1) buckets.take(browsing, 'kim')
  await buckets.share()
  expect(asked()).toBe(0)
  admitted(buckets, 10)
  await buckets.share()
  expect(asked()).toBe(1)
})

it('goes by itself while the store is down, and owes nothing for that time afterwards', async () => {
  const { all, press, setDown, failures, pass, admitted } = setUp(2)
  setDown(true)
  expect(await press(20, 30)).toBeGreaterThan(2 * 20 * 29)
  expect(failures).toHaveLength(60)
  setDown(false)
  pass(3_000)
  for (const buckets of all) await buckets.share()
  expect(all.map((buckets) => admitted(buckets, 100))).toEqual([50, 50])
})
