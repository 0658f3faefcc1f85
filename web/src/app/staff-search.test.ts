import { describe, expect, it } from 'vitest'
import { readAuditSearch, readClockSearch, readLetterSearch, sourcesOf } from './staff-search.ts'

describe('what the addresses of staff pages carry', () => {
  it('chooses dead letters, of which open ones need no word', () => {
    const orderId = '11111111-1111-4111-8111-111111111111'
    expect(readLetterSearch({ state: 'all', group: 'payment', cause: 1213, orderId, other: 'x' })).toEqual({
      state: 'all',
      group: 'payment',
      cause: '1213',
      orderId,
    })
    expect(readLetterSearch({ state: 'open', group: 'nobody', type: '' })).toEqual({})
  })

  it('chooses lines of the audit log', () => {
    expect(readAuditSearch({ outcome: 'refused', actorId: 'a', target: 'b', cursor: 'c' })).toEqual({
      outcome: 'refused',
      actorId: 'a',
      target: 'b',
      cursor: 'c',
    })
    expect(readAuditSearch({ outcome: 'maybe', action: ['x'] })).toEqual({})
  })

  it('chooses sources of the clock; none is all of them', () => {
    expect(readClockSearch({ sources: 'signal,nonsense,kafka', minor: true })).toEqual({
      sources: 'kafka,signal',
      minor: true,
    })
    expect(readClockSearch({ sources: 'nonsense', minor: 'no' })).toEqual({})
    expect(sourcesOf({ sources: 'act,kafka' })).toEqual(['kafka', 'act'])
    expect(sourcesOf({})).toEqual([])
  })
})
