import { describe, expect, it } from 'vitest'
import { laterMs, outageMs, sendCause, sendVerdict } from './verdict.ts'

const failed = (more: object) => Object.assign(new Error('550 <kim@example.com> is unknown'), more)

describe('a failed try at a mail', () => {
  it.each([
    ['refused', { responseCode: 550, command: 'RCPT TO' }],
    ['refused', { responseCode: 554, command: 'DATA' }],
    ['later', { responseCode: 450, command: 'RCPT TO' }],
    ['outage', { responseCode: 421, command: 'RCPT TO' }],
    ['outage', { responseCode: 452, command: 'DATA' }],
    ['outage', { responseCode: 535, command: 'AUTH PLAIN' }],
    ['outage', { responseCode: 553, command: 'MAIL FROM' }],
    ['outage', { code: 'ECONNECTION', command: 'CONN' }],
    ['outage', {}],
  ])('is %s for %o', (verdict, more) => {
    expect(sendVerdict(failed(more))).toBe(verdict)
  })

  it('is noted without the words of the mail server, which repeat the address', () => {
    expect(sendCause(failed({ responseCode: 550, command: 'RCPT TO' }))).toBe('550 RCPT TO')
    expect(sendCause(failed({ code: 'ECONNREFUSED' }))).toBe('ECONNREFUSED')
    expect(sendCause(failed({}))).toBe('unknown')
  })

  it('makes the pauses longer, up to a bound', () => {
    expect([laterMs(1), laterMs(2), laterMs(50)]).toEqual([10_000, 20_000, 3_600_000])
    expect([outageMs(1), outageMs(50)]).toEqual([500, 15_000])
  })
})
