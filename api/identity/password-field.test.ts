import { describe, expect, it } from 'vitest'
import { passwordField } from './password-field.ts'
import { hashPassword, verifyPassword } from './passwords.ts'

const allowed = (password: string) => passwordField.safeParse(password).success

describe('a password', () => {
  it.each(['customer-demo-1', 'correct horse battery', 'äöüß€漢字x', 'x7$'.repeat(42)])('may be %j', (password) =>
    expect(allowed(password)).toBe(true),
  )
  it.each(['', 'seven77', 'x'.repeat(129), 'password', 'PASSWORD123', 'Qwertyuiop', '12345678', 'iloveyou1'])(
    'may not be %j',
    (password) => expect(allowed(password)).toBe(false),
  )
  it('is counted in characters', () => {
    expect(allowed('🙂'.repeat(7))).toBe(false)
    expect(allowed('🙂'.repeat(128))).toBe(true)
  })
})

it('is stored as argon2id with the parameters that are promised, and is found again however it was composed', async () => {
  const stored = await hashPassword('caf\u00e9 au lait')
  expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  expect(await verifyPassword(stored, 'cafe\u0301 au lait')).toBe(true)
  expect(await verifyPassword(stored, 'cafe au lait')).toBe(false)
})

it('is never right for an account that is not there', async () => {
  expect(await verifyPassword(undefined, 'nobody has this one')).toBe(false)
})
