import { describe, expect, it } from 'vitest'
import type { Outcome } from './outcome.ts'
import { table } from './table.ts'

const outcome = (id: string, from: number, to: number, fault?: Outcome['fault']): Outcome => ({
  kind: 'ok',
  id,
  from,
  to,
  fault,
  is: '',
})
const incident = (fault: string, from: number, to: number, recoveryMs: number) => ({ fault, from, to, recoveryMs })

describe('the table', () => {
  it('counts an order for every fault that struck while it was under way, and verify’s findings as what they mean', () => {
    const incidents = [incident('a', 0, 10, 1_000), incident('b', 20, 30, 2_000), incident('b', 40, 50, 9_000)]
    const outcomes = [outcome('1', 5, 8), outcome('2', 9, 25), outcome('3', 45, Infinity, 'lost'), outcome('4', 60, 70)]
    const findings = [{ invariant: 'captures', orderId: '2', text: '' }]
    expect(table(incidents, outcomes, findings).split('\n').slice(2)).toEqual([
      '| a | 1 | 2 | 0 | 1 | 0 | 1.0 / 1.0 |',
      '| b | 2 | 2 | 1 | 1 | 0 | 2.0 / 9.0 |',
      '| all | 3 | 4 | 1 | 1 | 0 | 2.0 / 9.0 |',
    ])
  })
})
