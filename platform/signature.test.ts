import { describe, expect, it } from 'vitest'
import { isSigned, sign, toleranceSeconds } from './signature.ts'

const now = Date.parse('2026-01-01T00:00:00Z')
const header = sign('secret', '{"id":"evt_1"}', now)

describe('a signed body', () => {
  it('is known by the secret it was signed with', () => {
    expect(isSigned('secret', '{"id":"evt_1"}', header, now)).toBe(true)
    expect(isSigned('other', '{"id":"evt_1"}', header, now)).toBe(false)
  })

  it('may not be changed by a byte, nor its time', () => {
    expect(isSigned('secret', '{"id":"evt_2"}', header, now)).toBe(false)
    expect(isSigned('secret', '{"id":"evt_1"}', header.replace(/t=\d+/, `t=${now / 1000 + 1}`), now)).toBe(false)
  })

  it('is too old, or too far ahead, beyond the tolerance', () => {
    const later = (seconds: number) => isSigned('secret', '{"id":"evt_1"}', header, now + seconds * 1000)
    expect([later(toleranceSeconds), later(-toleranceSeconds)]).toEqual([true, true])
    expect([later(toleranceSeconds + 1), later(-toleranceSeconds - 1)]).toEqual([false, false])
  })

  it.each([undefined, '', 'v1=', 't=,v1=', 'nonsense', `t=${now / 1000},v1=00`, `t=${now / 1000},v0=aa`])(
    'is not told by %j',
    (garbage) => {
      expect(isSigned('secret', '{"id":"evt_1"}', garbage, now)).toBe(false)
    },
  )

  it('is never known where no secret is set', () => {
    expect(isSigned('', 'x', sign('', 'x', now), now)).toBe(false)
  })

  it('passes with one right signature of several, as while a secret is exchanged', () => {
    expect(isSigned('secret', '{"id":"evt_1"}', `${header},v1=${'0'.repeat(64)}`, now)).toBe(true)
  })
})
