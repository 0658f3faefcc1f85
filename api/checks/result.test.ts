import { describe, expect, it } from 'vitest'
import { readEnd } from './result.ts'

const finding = { subject: 'TEAPOT', difference: '2 instead of 1', repair: 'count it' }
const told = (count: number) =>
  JSON.stringify({
    invariants: [
      { name: 'stock', asks: 'Is it so?', looked: 3, findings: Array.from({ length: count }, () => finding) },
    ],
  })

describe('the end of a check', () => {
  it('is clean with 0, has findings with 1', () => {
    expect(readEnd(0, told(0), '')).toMatchObject({ outcome: 'clean', kept: { invariants: [{ count: 0 }] } })
    expect(readEnd(1, told(1), '')).toMatchObject({
      outcome: 'findings',
      kept: { invariants: [{ name: 'stock', looked: 3, count: 1, findings: [finding] }] },
    })
  })

  it('keeps a hundred findings of each, and how many there were', () => {
    const [row] = readEnd(1, told(130), '').kept.invariants
    expect([row?.count, row?.findings.length]).toEqual([130, 100])
  })

  it('has failed with anything else, and says why', () => {
    const away = "Temporal at x:1 can't be reached"
    expect(readEnd(2, '', `${away}\n`)).toEqual({ outcome: 'failed', kept: { invariants: [], message: away } })
    expect(readEnd(137, '', '').kept.message).toBe('The check ended with 137.')
    expect(readEnd(0, 'Hello', '').outcome).toBe('failed')
  })
})
