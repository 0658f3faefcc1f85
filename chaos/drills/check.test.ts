import { describe, expect, it } from 'vitest'
import { makeClient } from '../../client/index.ts'
import { check, type CheckRow, newFindings } from './check.ts'

const row = (subjects: readonly string[], { count = subjects.length, difference = '' } = {}): CheckRow => ({
  name: 'stock',
  count,
  findings: subjects.slice(0, 100).map((subject) => ({ subject, difference })),
})
const many = (count: number) => Array.from({ length: count }, (_, index) => `SKU-${1_000 + index}`)
const subjects = (before: readonly CheckRow[], after: readonly CheckRow[]) =>
  newFindings(before, after).map(({ subject }) => subject)

describe('what a drill found', () => {
  it('is not what was there before, however its numbers moved', () => {
    const moved = row(['CAP', 'MUG'], { difference: '3 instead of 1' })
    expect(newFindings([row(['MUG'])], [moved])).toEqual([
      { invariant: 'stock', subject: 'CAP', difference: '3 instead of 1' },
    ])
    expect(newFindings([row(['MUG'])], [row(['MUG'])])).toEqual([])
    expect(subjects([row(['MUG'])], [{ ...row(['MUG']), name: 'ledger' }])).toEqual(['MUG'])
  })

  it('is told even where more were there before than are named', () => {
    expect(subjects([row(many(150))], [row(many(152))])).toEqual(['2 more'])
    expect(subjects([row(many(150))], [row(['A', ...many(150)])])).toEqual(['A'])
    expect(subjects([row(many(150))], [row(many(150))])).toEqual([])
    expect(subjects([row(['MUG'])], [row(many(130))])).toHaveLength(101)
  })
})

/** An API whose checks end as is told, one after the other. */
function shop(...ends: readonly (object | 'ended in the middle')[]) {
  let last: object | null = { beganAt: 'before', outcome: 'clean', invariants: [row([])] }
  let next = 0
  const admin = makeClient({
    baseUrl: 'http://here',
    token: '',
    fetch: async (input) => {
      if (new Request(input).method === 'GET') return Response.json({ last, underWay: false })
      const end = ends[next] ?? 'ended in the middle'
      next += 1
      if (end !== 'ended in the middle') last = { beganAt: String(next), ...end }
      return Response.json({ started: true }, { status: 202 })
    },
  })
  return { admin }
}

describe('the check of a drill', () => {
  it('is taken again when it was ended in the middle: what was said before says nothing of now', async () => {
    const found = { outcome: 'findings', invariants: [row(['MUG'])] }
    expect(await check(shop('ended in the middle', found), 0)).toEqual([row(['MUG'])])
    await expect(check(shop(), 0)).rejects.toThrow('said nothing')
  })

  it('says why, when nobody could look', async () => {
    const failed = { outcome: 'failed', message: 'Kafka is away', invariants: [] }
    await expect(check(shop(failed, failed, failed, failed), 0)).rejects.toThrow('Kafka is away')
  })
})
