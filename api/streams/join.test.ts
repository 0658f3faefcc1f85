import fc from 'fast-check'
import { expect, it } from 'vitest'
import { makeJoin } from './join.ts'

const event = (sequence: number) => ({ sequence })
const upTo = (count: number) => Array.from({ length: count }, (_, n) => event(n + 1))

/** Live copies may come doubled, late or never; the projection is asked whenever, and knows a beginning. */
const history = fc.integer({ min: 0, max: 30 }).chain((count) =>
  fc.record({
    count: fc.constant(count),
    after: fc.integer({ min: 0, max: count }),
    steps: fc.array(
      fc.oneof(
        fc.record({ kind: fc.constant('live' as const), sequence: fc.integer({ min: 1, max: Math.max(1, count) }) }),
        fc.record({ kind: fc.constant('read' as const), sequence: fc.integer({ min: 0, max: count }) }),
        fc.record({ kind: fc.constant('take' as const), sequence: fc.constant(0) }),
      ),
      { maxLength: 80 },
    ),
  }),
)

it('every event comes once and in sequence, whatever comes live and whenever the projection is read', () => {
  fc.assert(
    fc.property(history, ({ count, after, steps }) => {
      const join = makeJoin<{ readonly sequence: number }>(after)
      const told: number[] = []
      const take = () => {
        for (let next = join.take(); next !== undefined; next = join.take()) told.push(next.sequence)
      }
      const read = (known: number) => upTo(known).slice(join.last()).forEach(join.offer)
      for (const { kind, sequence } of steps) {
        if (kind === 'live' && sequence <= count) join.offer(event(sequence))
        if (kind === 'read') read(sequence)
        if (kind === 'take') take()
      }
      take()
      expect(told).toEqual(upTo(count).slice(after, after + told.length).map(({ sequence }) => sequence)) // prettier-ignore
      read(count)
      take()
      expect(told).toEqual(upTo(count).slice(after).map(({ sequence }) => sequence)) // prettier-ignore
      expect(join.hasGap()).toBe(false)
    }),
  )
})

it('a later event without the one before it is a gap', () => {
  const join = makeJoin(0)
  join.offer(event(2))
  expect([join.take(), join.hasGap()]).toEqual([undefined, true])
  join.offer(event(1))
  expect([join.hasGap(), join.take(), join.take(), join.take()]).toEqual([false, event(1), event(2), undefined])
})

it('holds no more than a bound, and always what is next', () => {
  const join = makeJoin(0)
  for (let sequence = 2; sequence < 5_000; sequence += 1) join.offer(event(sequence))
  join.offer(event(1))
  let taken = 0
  while (join.take() !== undefined) taken += 1
  expect(taken).toBe(201)
})
