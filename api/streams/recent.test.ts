import fc from 'fast-check'
import { expect, it } from 'vitest'
import { formatPositions, parsePositions } from './positions.ts'
import { makeRecent } from './recent.ts'

const at = (partition: number, offset: number) => ({ partition, offset })

it('a stream that resumes anywhere within what is kept gets each event behind its place once', () => {
  const topic = fc.array(fc.integer({ min: 0, max: 2 }), { maxLength: 60 })
  fc.assert(
    fc.property(topic, fc.nat(), fc.integer({ min: 1, max: 20 }), (partitions, cut, most) => {
      const recent = makeRecent<{ readonly partition: number; readonly offset: number }>(most)
      recent.begin(new Map([[0, 0], [1, 0], [2, 0]])) // prettier-ignore
      const next = [0, 0, 0]
      const place = new Map([[0, 0], [1, 0], [2, 0]]) // prettier-ignore
      const missed: string[] = []
      for (const [n, partition] of partitions.entries()) {
        const offset = next[partition] ?? 0
        next[partition] = offset + 1
        recent.append(partition, [at(partition, offset)], offset + 1)
        if (n < cut % 60) place.set(partition, offset + 1)
        else missed.push(`${partition}:${offset}`)
      }
      const kept = recent.all().filter(({ partition, offset }) => offset >= (place.get(partition) ?? 0))
      const got = kept.map(({ partition, offset }) => `${partition}:${offset}`)
      if (recent.holds(place)) expect(got).toEqual(missed)
      else expect(got.length).toBeLessThan(missed.length)
    }),
  )
})

it('keeps no more than a bound, and tells who is behind it', () => {
  const recent = makeRecent<{ readonly partition: number; readonly offset: number }>(10)
  recent.begin(new Map([[0, 5]]))
  recent.append(0, [at(0, 4), at(0, 5)], 6) // 4 was before
  expect(recent.all()).toEqual([at(0, 5)])
  for (let offset = 6; offset < 1_000; offset += 1) recent.append(0, [at(0, offset)], offset + 1)
  expect(recent.all().length).toBeLessThanOrEqual(13)
  expect(recent.since(0)).toBeUndefined()
  expect(recent.since(recent.end())).toEqual([])
  expect(recent.holds(new Map([[0, 5]]))).toBe(false)
  expect(recent.holds(new Map([[0, 995]]))).toBe(true)
})

it('positions are read as they were written, and nothing else is', () => {
  const offsets = fc.uniqueArray(fc.tuple(fc.nat(99_999), fc.nat(1e9)), { minLength: 1, selector: ([p]) => p })
  fc.assert(
    fc.property(offsets, (pairs) => {
      expect(parsePositions(formatPositions(new Map(pairs)))).toEqual(new Map(pairs))
    }),
  )
  for (const text of ['', '7', '0:', '0:1,', '0:-1', 'a:1', '0:1 ', `0:${'9'.repeat(40)}`]) {
    expect(parsePositions(text)).toBeUndefined()
  }
})
