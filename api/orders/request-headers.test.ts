import { describe, expect, it } from 'vitest'
import { readIdempotencyKey, readWait } from './request-headers.ts'

describe('Idempotency-Key', () => {
  it.each([
    ['"abc-1"', 'abc-1'],
    ['abc-1', 'abc-1'],
    ['"a \\"b\\" \\\\c"', 'a "b" \\c'],
    ['"abc";v=1', 'abc'],
    ['8e03978e-40d5-43dd-bc93-6894a57f9324', '8e03978e-40d5-43dd-bc93-6894a57f9324'],
    ['x'.repeat(255), 'x'.repeat(255)],
  ])('%s is the key %s', (header, key) => expect(readIdempotencyKey(header)).toEqual({ key, violations: [] }))

  it.each(['', '""', '"abc', 'abc"def"é', 'ключ', '"a\\b"', 'x'.repeat(256), '"a" b'])('%j is refused', (header) => {
    const { key, violations } = readIdempotencyKey(header)
    expect(key).toBeUndefined()
    expect(violations.map(({ pointer }) => pointer)).toEqual(['/headers/idempotency-key'])
  })

  it('is optional', () => expect(readIdempotencyKey(undefined)).toEqual({ key: undefined, violations: [] }))
})

describe('Prefer: wait', () => {
  it.each([
    ['wait=10', 10],
    ['respond-async, wait=5', 5],
    ['WAIT = "7"', 7],
    ['wait=1000', 30],
  ])('%s waits %i seconds', (header, seconds) => expect(readWait(header)).toBe(seconds))

  it.each([undefined, '', 'wait', 'wait=0', 'wait=-1', 'wait=x', 'await=3', 'return=minimal'])(
    '%j is no preference',
    (header) => expect(readWait(header)).toBeUndefined(),
  )
})
