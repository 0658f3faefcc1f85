import { describe, expect, it } from 'vitest'
import { drive } from './testing.ts'
import { backOff, beginTurn, definitionOf, persistentAsk, system } from './turn.ts'

const saga = drive().saga()

describe('the back-off', () => {
  it('doubles after each attempt and stays the same from the eleventh on', () => {
    expect([1, 2, 3, 11, 12, 40].map((attempt) => backOff(saga, attempt))).toEqual([
      1000, 2000, 4000, 1_024_000, 1_024_000, 1_024_000,
    ])
  })

  it('adds a pause to the deadline, so that a paused ask has its full time', () => {
    const turn = beginTurn(saga, saga.time, system)
    const ask = persistentAsk(turn, { step: 'price', action: 'capture', round: 2, attempt: 2 }, 500)
    expect(Date.parse(ask.notBefore ?? '') - Date.parse(turn.at)).toBe(500)
    expect(Date.parse(ask.deadlineAt) - Date.parse(turn.at)).toBe(2500)
  })
})

it('throws on a step that the plan does not have: that is a bug, not a refusal', () => {
  expect(() => definitionOf(saga, 'polish')).toThrow('the plan has no step polish')
})
