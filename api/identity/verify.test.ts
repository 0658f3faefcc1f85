import { afterAll, expect, it } from 'vitest'
import { readConfig } from '../../platform/config.ts'
import { openDatabase } from '../../platform/database.ts'
import type { Principal } from './access-token.ts'
import type { IdentityTables } from './tables.ts'
import { makeVerify } from './verify.ts'

// nothing listens on port 1: whoever has to be looked up can't be
const away = openDatabase<IdentityTables>(readConfig({ DATABASE_URL: 'mysql://root@127.0.0.1:1' }), 'identity')
afterAll(() => away.destroy())

const verifying = (principal: Principal | undefined) => makeVerify({ verify: async () => principal }, away)('token')

it('a customer is who the token says, without a question to the database', async () => {
  const principal: Principal = { id: 'c', role: 'customer' }
  expect(await verifying(principal)).toEqual(principal)
})

it('a program that can’t be looked up is not let in: the outage is thrown', async () => {
  await expect(verifying({ id: 'p', role: 'program', scopes: ['admin'] })).rejects.toThrow()
})

it('a token that is not good belongs to nobody', async () => {
  expect(await verifying(undefined)).toBeUndefined()
})

it.each(['support', 'admin'] as const)(
  '%s who can’t be looked up is not let in: the outage is thrown',
  async (role) => {
    await expect(verifying({ id: 's', role })).rejects.toThrow()
  },
)
