import { describe, expect, it } from 'vitest'
import { readPayloadKeys } from './payload-keys.ts'
import { seal, unseal, UnreadableSecret } from './sealed.ts'

const keysOf = (text: string) => {
  const read = readPayloadKeys(text)
  if (read.kind === 'wrong') throw new Error(read.errors.join())
  return read.keys
}
const one = `one:${Buffer.alloc(32, 1).toString('base64')}`
const two = `two:${Buffer.alloc(32, 2).toString('base64')}`

describe('a sealed secret', () => {
  it('shows nothing of itself, and is read with its key', () => {
    const stored = seal(keysOf(one), 'whsec_secret', 'row 1')
    expect(stored).toMatch(/^sealed:one:/)
    expect(Buffer.from(stored.split(':')[2] ?? '', 'base64').toString()).not.toContain('secret')
    expect(unseal(keysOf(one), stored, 'row 1')).toBe('whsec_secret')
    expect(seal(keysOf(one), 'whsec_secret', 'row 1')).not.toBe(stored)
  })

  it('is read after a change of keys as long as the old one is there', () => {
    const stored = seal(keysOf(one), 'whsec_secret', 'row 1')
    expect(unseal(keysOf(`${two},${one}`), stored, 'row 1')).toBe('whsec_secret')
    expect(() => unseal(keysOf(two), stored, 'row 1')).toThrow(UnreadableSecret)
  })

  it('is not read where it does not belong, or once it was changed', () => {
    const stored = seal(keysOf(one), 'whsec_secret', 'row 1')
    expect(() => unseal(keysOf(one), stored, 'row 2')).toThrow(UnreadableSecret)
    expect(() => unseal(keysOf(one), `${stored.slice(0, -6)}AAAA==`, 'row 1')).toThrow(UnreadableSecret)
    expect(() => unseal(keysOf(one), 'sealed:one:AAAA', 'row 1')).toThrow(UnreadableSecret)
  })

  it('is no secret without a key, and is read all the same, also once there are keys', () => {
    expect(seal([], 'whsec_a:b', 'row 1')).toBe('plain:whsec_a:b')
    expect(unseal(keysOf(one), 'plain:whsec_a:b', 'row 1')).toBe('whsec_a:b')
  })
})
