import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { decodeProtectedHeader } from 'jose'
import { type Kysely, sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { auditMigration } from '../api/identity/audit-table.ts'
import {
  activeKid,
  listKeys,
  prepareNext,
  promoteNext,
  publishedMs,
  removeRetired,
  retiringMs,
  revokeKey,
  rotateNow,
} from '../api/identity/key-rotation.ts'
import { keepSigningKeys, loadSigningKeys, makeKey } from '../api/identity/signing-keys.ts'
import { type IdentityTables, identityMigrations } from '../api/identity/tables.ts'
import { tendKeys } from '../api/identity/tend-keys.ts'
import { readConfig } from '../platform/config.ts'
import { openDatabase } from '../platform/database.ts'
import { migrate } from '../platform/migrate.ts'
import { choosePorts } from '../stack/running/ports.ts'
import { projectDir } from '../stack/surroundings.ts'
import type { System } from '../stack/system.ts'
import { startOwnSystem } from './support/own-system.ts'
import { register, send, signInAdmin } from './support/shop.ts'

const by = { kind: 'system', id: 'test' } as const
const day = 24 * 3600_000

let system: System
let second: string
let identity: Kysely<IdentityTables>
beforeAll(async () => {
  system = await startOwnSystem({ KEY_ROTATION_DAYS: '0' }, ['api'])
  second = await startSecond()
  identity = openDatabase<IdentityTables>(readConfig(system.env), 'identity', 8)
})
afterAll(async () => {
  await identity.destroy()
  await system.stop()
})

/** Another API process on the same database. */
async function startSecond(): Promise<string> {
  const port = String((await choosePorts([undefined]))[0])
  await system.start('api', 'api-2', { PORT: port })
  return `http://127.0.0.1:${port}`
}

type Jwks = { readonly keys: readonly Readonly<Record<string, string>>[] }

const status = async (apiUrl: string, token: string) =>
  (await send(`${apiUrl}/v1/me`, 'GET', undefined, { authorization: `Bearer ${token}` })).status
const everywhere = async (token: string) => [await status(system.apiUrl, token), await status(second, token)]
const jwks = async (apiUrl = system.apiUrl) => send<Jwks>(`${apiUrl}/.well-known/jwks.json`, 'GET')
const kids = async (apiUrl?: string) => (await jwks(apiUrl)).body.keys.map(({ kid }) => kid)
const statuses = async () => (await listKeys(identity)).map(({ status: one }) => `${one}`).toSorted()
const eventually = (check: () => Promise<void>) => vi.waitFor(check, { timeout: 30_000, interval: 250 })
const later = (ms: number) => new Date(Date.now() + ms)

describe('the next key', () => {
  it('is published long enough before it signs, then signs, and the one before verifies until its tokens are over', async () => {
    const old = await register(system.apiUrl)
    const before = await activeKid(identity)
    const made = Date.now()
    const after = (ms: number) => new Date(made + ms)
    expect(await prepareNext(identity, by, after(0))).toBe(true)
    const next = (await listKeys(identity)).find((key) => key.status === 'next')?.kid ?? ''
    for (const apiUrl of [system.apiUrl, second]) {
      await eventually(async () => expect(await kids(apiUrl)).toEqual(expect.arrayContaining([before, next])))
    }
    expect(await promoteNext(identity, by, after(publishedMs - 1_000))).toBe(false)
    expect(await activeKid(identity)).toBe(before)

    expect(await promoteNext(identity, by, after(publishedMs))).toBe(true)
    expect(await activeKid(identity)).toBe(next)
    await eventually(async () => {
      expect(decodeProtectedHeader((await register(second)).token).kid).toBe(next)
    })
    expect(decodeProtectedHeader(old.token).kid).toBe(before)
    expect(await everywhere(old.token)).toEqual([200, 200])

    await removeRetired(identity, after(publishedMs + retiringMs - 1))
    expect((await listKeys(identity)).map(({ kid }) => kid)).toContain(before)
    await removeRetired(identity, after(publishedMs + retiringMs))
    expect((await listKeys(identity)).map(({ kid }) => kid)).toEqual([next])
    await eventually(async () => expect(await everywhere(old.token)).toEqual([401, 401]))
    await eventually(async () => expect(await kids()).toEqual([next]))
  })

  it('is made once its predecessor is old enough, and never by itself where that is switched off', async () => {
    await rotateNow(identity, by)
    await tendKeys(identity, 0, later(400 * day))
    await tendKeys(identity, 30 * day, later(30 * day - publishedMs - 60_000))
    expect(await statuses()).not.toContain('next')
    await tendKeys(identity, 30 * day, later(30 * day - publishedMs + 1_000))
    expect(await statuses()).toContain('next')
    await tendKeys(identity, 30 * day, later(30 * day - publishedMs + 2_000))
    expect(await statuses()).toEqual(['active', 'next'])
    await tendKeys(identity, 30 * day, later(30 * day + 2_000))
    expect(await statuses()).toEqual(['active', 'retiring'])
  })

  it('is one, and signs once, however many processes are at it', async () => {
    await rotateNow(identity, by)
    const eight = Array.from({ length: 8 }, (_, i) => i)
    expect((await Promise.all(eight.map(() => prepareNext(identity, by)))).filter(Boolean)).toHaveLength(1)
    const promoted = await Promise.all(eight.map(() => promoteNext(identity, by, later(publishedMs + 1_000))))
    expect(promoted.filter(Boolean)).toHaveLength(1)
    const rotated = await Promise.all(eight.map(() => rotateNow(identity, by)))
    expect(rotated.filter((kid) => kid !== undefined).length).toBeGreaterThanOrEqual(1)
    const keys = await listKeys(identity)
    expect(keys.filter((key) => key.status === 'active')).toHaveLength(1)
    expect(keys.filter((key) => key.status === 'next')).toHaveLength(0)
  })
})

describe('a key', () => {
  it('that signs no more has no private part, and none is ever published', async () => {
    await rotateNow(identity, by)
    const rows = await identity.selectFrom('signing_key').select(['status', 'private_jwk']).execute()
    for (const row of rows)
      expect([row.status, row.private_jwk !== '']).toEqual([row.status, row.status !== 'retiring'])
    const { headers, body } = await jwks()
    expect(headers.get('cache-control')).toBe('public, max-age=300')
    for (const key of body.keys) expect(Object.keys(key).toSorted()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x'])
  })

  it('that a process has not read yet is looked up when its first token comes', async () => {
    const reads = keepSigningKeys(identity)
    const before = await reads()
    const kid = (await rotateNow(identity, by)) ?? ''
    expect((await reads()).verifying.has(kid)).toBe(false)
    expect((await reads(kid)).active.kid).toBe(kid)
    expect(before.verifying.has(kid)).toBe(false)
    // and unknown ones make no second reading at once
    const [one, two] = [await reads('nobody-knows-it'), await reads('nor-this-one')]
    expect(two).toBe(one)
  })

  it('that nobody knows is refused', async () => {
    const { token } = await register(system.apiUrl)
    const header = Buffer.from(JSON.stringify({ alg: 'EdDSA', typ: 'at+jwt', kid: 'nobody' })).toString('base64url')
    expect(await everywhere(`${header}.${token.split('.').slice(1).join('.')}`)).toEqual([401, 401])
  })
})

describe('keys:rotate', () => {
  const rotate = async (...args: readonly string[]) => {
    const entry = join(projectDir, 'dist', 'api', 'rotate-keys-main.js')
    try {
      const { stdout } = await promisify(execFile)(process.execPath, [entry, ...args], { env: { ...system.env } })
      return { code: 0, text: stdout }
    } catch (error) {
      const { code, stderr } = error as { readonly code: number; readonly stderr: string }
      return { code, text: stderr }
    }
  }

  it('makes one next key, and tells the audit log', async () => {
    const made = await rotate()
    expect(made).toMatchObject({ code: 0, text: expect.stringMatching(/ next +from /) })
    expect(await rotate()).toMatchObject({ code: 1, text: expect.stringContaining('next key already') })
    expect(await rotate('--nonsense')).toMatchObject({ code: 2 })
    const admin = await signInAdmin(system.apiUrl)
    const { body } = await admin.call('GET', '/v1/admin/audit?action=key.next&actorId=keys:rotate')
    expect(body).toMatchObject({ items: [{ actor: { kind: 'command' }, outcome: 'done', address: 'local' }] })
  })

  it('replaces a leaked key and ends its tokens, everywhere and without a restart', async () => {
    const leaked = (await activeKid(identity)) ?? ''
    let token = ''
    await eventually(async () => {
      token = (await register(system.apiUrl)).token
      expect(decodeProtectedHeader(token).kid).toBe(leaked)
    })
    expect(await rotate('--revoke', leaked)).toMatchObject({ code: 0, text: expect.stringContaining('is revoked') })
    expect(await activeKid(identity)).not.toBe(leaked)
    expect(await statuses()).not.toContain('next')
    await eventually(async () => expect(await everywhere(token)).toEqual([401, 401]))
    await eventually(async () => expect(await everywhere((await register(second)).token)).toEqual([200, 200]))
    expect(await rotate('--revoke', leaked)).toMatchObject({ code: 1 })
  })

  it('never leaves the system without a key that signs', async () => {
    expect(await revokeKey(identity, by, (await activeKid(identity)) ?? '')).toBe(false)
  })
})

it('the keys of a running system stay good when it is migrated', async () => {
  const config = readConfig({ ...system.env, DATABASE_PREFIX: `${system.env['DATABASE_PREFIX']}old_` })
  const { '0001_identity': first = [] } = identityMigrations
  await migrate(config, 'identity', { '0001_identity': first, '0002_audit': auditMigration })
  const old = openDatabase<IdentityTables>(config, 'identity', 2)
  const [signs, verifies] = [await makeKey(new Date()), await makeKey(new Date())]
  for (const [key, mark] of [
    [signs, 'active'],
    [verifies, null],
  ] as const) {
    await sql`INSERT INTO signing_key (kid, public_jwk, private_jwk, status)
      VALUES (${key.kid}, ${key.public_jwk}, ${key.private_jwk}, ${mark})`.execute(old)
  }
  await migrate(config, 'identity', identityMigrations)
  const keys = await loadSigningKeys(old)
  expect(keys.active.kid).toBe(signs.kid)
  expect([...keys.verifying.keys()].toSorted()).toEqual([signs.kid, verifies.kid].toSorted())
  await tendKeys(old, 30 * day, later(31 * day))
  await tendKeys(old, 30 * day, later(31 * day + publishedMs))
  expect(await activeKid(old)).not.toBe(signs.kid)
  await old.destroy()
})
