import { describe, expect, it } from 'vitest'
import { isAnswer, isDeadLettered, isParcelMoved } from './messages.ts'

const at = '2030-01-01T10:00:00Z'
const answer = { step: 'weigh', action: 'perform', round: 1, outcome: 'completed', at }
const reason = { code: 'poison', message: 'unreadable' }

describe('an answer', () => {
  it.each([
    [answer],
    [{ ...answer, outcome: 'rejected', reason, payment: {}, shipment: { id: 's1' } }],
    [{ ...answer, action: 'compensate', outcome: 'undoRefused' }],
    [{ ...answer, more: 'than we know' }],
  ])('is taken: %j', (value) => {
    expect(isAnswer(value)).toBe(true)
  })

  it.each([
    [undefined],
    [null],
    ['completed'],
    [[answer]],
    [{ ...answer, step: 7 }],
    [{ ...answer, action: 'polish' }],
    [{ ...answer, round: 1.5 }],
    [{ ...answer, round: '1' }],
    [{ ...answer, outcome: 'timedOut' }],
    [{ ...answer, outcome: 'undoRefused' }],
    [{ ...answer, action: 'capture', outcome: 'undoRefused' }],
    [{ ...answer, reason: 'because' }],
    [{ ...answer, reason: { code: 'x' } }],
    [{ ...answer, payment: null }],
    [{ ...answer, shipment: [] }],
    [{ ...answer, at: 'soon' }],
    [{ ...answer, at: 1 }],
  ])('is refused: %j', (value) => {
    expect(isAnswer(value)).toBe(false)
  })
})

describe("a carrier's message", () => {
  it('names a known movement and its time', () => {
    expect(isParcelMoved({ movement: 'dispatched', at })).toBe(true)
    expect(isParcelMoved({ movement: 'delivered', shipment: { signedBy: 'Ada' }, at })).toBe(true)
    expect(isParcelMoved({ movement: 'lost', at })).toBe(true)
    expect(isParcelMoved({ movement: 'flying', at })).toBe(false)
    expect(isParcelMoved({ movement: 'dispatched' })).toBe(false)
    expect(isParcelMoved({ movement: 'dispatched', shipment: 'T1', at })).toBe(false)
  })
})

describe('a dead-letter notice', () => {
  it('names the step, the action and the reason', () => {
    expect(isDeadLettered({ step: 'weigh', action: 'compensate', reason, at })).toBe(true)
    expect(isDeadLettered({ step: 'weigh', action: 'compensate', at })).toBe(false)
    expect(isDeadLettered({ step: 'weigh', action: 'delete', reason, at })).toBe(false)
    expect(isDeadLettered({ action: 'perform', reason, at })).toBe(false)
  })
})
