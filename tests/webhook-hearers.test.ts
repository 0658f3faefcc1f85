import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { createAccount } from '../api/identity/accounts.ts'
import { changeAccount } from '../api/identity/admin-accounts.ts'
import { createServiceAccount, revokeServiceAccount } from '../api/identity/service-accounts.ts'
import { identityMigrations, type IdentityTables, type Role, type Scope } from '../api/identity/tables.ts'
import { disableStrangers } from '../api/webhooks/hearers.ts'
import { readConfig } from '../platform/config.ts'
import { openDatabase } from '../platform/database.ts'
import { makeLog } from '../platform/log.ts'
import { migrate } from '../platform/migrate.ts'
import { createEndpoint, listEndpoints, type Owner } from '../workers/webhook/endpoints.ts'
import { webhookMigrations, type WebhookTables } from '../workers/webhook/tables.ts'

const config = readConfig({ ...inject('serverEnv'), DATABASE_PREFIX: `t${randomUUID().slice(0, 8)}_` })
const identity = openDatabase<IdentityTables>(config, 'identity')
const webhook = openDatabase<WebhookTables>(config, 'webhook')
const needs = { identity, webhook, log: makeLog({ LOG_LEVEL: 'silent' }, 'test') }

beforeAll(async () => {
  await migrate(config, 'identity', identityMigrations)
  await migrate(config, 'webhook', webhookMigrations)
})
afterAll(() => Promise.all([identity.destroy(), webhook.destroy()]))

async function person(role: Role): Promise<string> {
  const email = `${randomUUID()}@example.test`
  const account = await createAccount(identity, { email, name: 'Somebody', role, password: 'a-long-password-1' })
  return account?.id ?? ''
}
const program = async (scopes: readonly Scope[], expiresAt?: Date): Promise<string> =>
  (await createServiceAccount(identity, { name: 'A program', scopes, expiresAt }, randomUUID())).id

async function listening(owner: Owner): Promise<string> {
  const wish = { url: 'https://example.test', description: '', events: ['*'] }
  await createEndpoint(webhook, owner, wish, { keys: config.PAYLOAD_KEYS, most: 1 })
  return owner.id
}

it('endpoints hear of all orders as long as their owners may see them', async () => {
  await disableStrangers(needs) // nobody hears yet
  const [staying, demoted, shut] = [await person('admin'), await person('admin'), await person('admin')]
  const [reading, writing] = [await program(['orders:read']), await program(['orders:write'])]
  const [revoked, expired] = [await program(['admin']), await program(['admin'], new Date(Date.now() - 1_000))]
  const customer = await person('customer')
  for (const id of [staying, demoted, shut, randomUUID()]) await listening({ kind: 'admin', id })
  for (const id of [reading, writing, revoked, expired]) await listening({ kind: 'program', id })
  await listening({ kind: 'customer', id: customer })
  await changeAccount(identity, demoted, { role: 'support' })
  await changeAccount(identity, shut, { disabled: true })
  await revokeServiceAccount(identity, revoked)

  await disableStrangers(needs)
  const endpoints = await listEndpoints(webhook, 'all', { limit: 20 })
  const enabled = endpoints.filter(({ disabled_by: by }) => by === null).map(({ owner_id: id }) => id)
  expect(enabled.sort()).toEqual([staying, reading, customer].sort())
  expect(endpoints.filter(({ disabled_by: by }) => by === 'no_access')).toHaveLength(6)
})
