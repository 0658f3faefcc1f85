import { beforeAll, describe, expect, inject, it, vi } from 'vitest'
import { newProduct, type OrderBody, orderRequest, type Person, register, send, signInAdmin } from './support/shop.ts'

const apiUrl = inject('apiUrl')
let admin: Person
beforeAll(async () => {
  admin = await signInAdmin(apiUrl)
})

type Opened = { readonly id: string; readonly keyId: string; readonly secret: string; readonly code?: string }
type Token = {
  readonly access_token: string
  readonly token_type: string
  readonly expires_in: number
  readonly scope: string
  readonly code?: string
  readonly detail?: string
}

async function open(scopes: readonly string[], more: object = {}): Promise<Opened> {
  const opened = await admin.call<Opened>('POST', '/v1/admin/service-accounts', {
    name: 'Test program',
    scopes,
    ...more,
  })
  expect(opened.status).toBe(201)
  return opened.body
}

const formHeaders = { 'content-type': 'application/x-www-form-urlencoded' }
const ask = (fields: Readonly<Record<string, string>>, headers: Readonly<Record<string, string>> = {}) =>
  send<Token>(`${apiUrl}/v1/auth/token`, 'POST', new URLSearchParams(fields).toString(), { ...formHeaders, ...headers })
const grant_type = 'client_credentials'
const askWith = ({ id, secret }: Pick<Opened, 'id' | 'secret'>, scope?: string) =>
  ask({ grant_type, client_id: id, client_secret: secret, ...(scope !== undefined && { scope }) })

async function program(scopes: readonly string[]) {
  const account = await open(scopes)
  const { body } = await askWith(account)
  const call = <Body = { readonly code?: string }>(method: string, path: string, given?: unknown) =>
    send<Body>(`${apiUrl}${path}`, method, given, { authorization: `Bearer ${body.access_token}` })
  return { account, call }
}

describe('a program gets a token', () => {
  it('with HTTP Basic or with id and secret in the body', async () => {
    const account = await open(['orders:read', 'orders:write'])
    const basic = Buffer.from(`${account.id}:${account.secret}`).toString('base64')
    for (const answer of [await askWith(account), await ask({ grant_type }, { authorization: `Basic ${basic}` })]) {
      expect(answer.status).toBe(200)
      expect(answer.body).toMatchObject({ token_type: 'Bearer', expires_in: 600, scope: 'orders:read orders:write' })
      expect(answer.headers.get('cache-control')).toBe('no-store')
    }
    expect((await askWith(account, 'orders:read')).body.scope).toBe('orders:read')
  })

  it('and is told what is wrong otherwise', async () => {
    const account = await open(['orders:read'])
    const told = async (answer: Promise<{ status: number; body: Token }>) => {
      const { status, body } = await answer
      return [status, body.code]
    }
    const { id: client_id, secret: client_secret } = account
    expect(await told(askWith({ ...account, secret: `${account.secret}x` }))).toEqual([401, 'invalid_client'])
    expect(await told(askWith({ ...account, id: admin.id }))).toEqual([401, 'invalid_client'])
    expect(await told(ask({ grant_type, client_id }))).toEqual([401, 'invalid_client'])
    expect(await told(ask({ grant_type: 'password', client_id, client_secret }))).toEqual([
      400,
      'unsupported_grant_type',
    ])
    expect(await told(ask({ client_id, client_secret }))).toEqual([422, 'validation_failed'])
    expect(await told(askWith(account, 'orders:read stock:write'))).toEqual([400, 'invalid_scope'])
    expect((await askWith(account, 'stock:write')).body.detail).toContain('It has: orders:read')
    const json = send<Token>(`${apiUrl}/v1/auth/token`, 'POST', { grant_type, client_id, client_secret })
    expect(await told(json)).toEqual([415, 'unsupported_media_type'])
    const twice = ask({ grant_type, client_id, client_secret }, { authorization: `Basic ${btoa(`${client_id}:x`)}` })
    expect(await told(twice)).toEqual([422, 'validation_failed'])
    const wrong = await ask({ grant_type, client_id, client_secret: 'wrong' })
    expect(wrong.headers.get('www-authenticate')).toContain('Basic')
  })

  it('only until its account expires', async () => {
    const late = { name: 'Late', scopes: ['admin'], expiresAt: '2020-01-01T00:00:00.000Z' }
    expect((await admin.call('POST', '/v1/admin/service-accounts', late)).status).toBe(422)
    const account = await open(['orders:read'], { expiresAt: new Date(Date.now() + 3_000).toISOString() })
    await vi.waitFor(async () => expect((await askWith(account)).status).toBe(401), { timeout: 20_000, interval: 250 })
  })
})

describe('a program', () => {
  it('places orders as itself and sees those of everybody', async () => {
    const sku = await newProduct(admin, 10)
    const customer = await register(apiUrl)
    const theirs = await customer.place({ sku })
    const { account, call } = await program(['orders:read', 'orders:write'])
    const placed = await call<OrderBody & { readonly customerId: string }>('POST', '/v1/orders', orderRequest({ sku }))
    expect([placed.status, placed.body.customerId]).toEqual([201, account.id])
    expect((await call('GET', `/v1/orders/${theirs.body.id}`)).status).toBe(200)
    expect((await customer.call('GET', `/v1/orders/${placed.body.id}`)).status).toBe(404)
  })

  it('does what its scopes say and nothing else', async () => {
    const { call } = await program(['orders:read'])
    expect((await call('GET', '/v1/orders')).status).toBe(200)
    expect((await call('POST', '/v1/orders', {})).status).toBe(403)
    expect((await call('GET', '/v1/admin/audit')).status).toBe(403)
    expect((await call('GET', '/v1/me')).status).toBe(403)
  })

  it('hands out no keys, even as an admin', async () => {
    const { call, account } = await program(['admin'])
    expect((await call('GET', '/v1/admin/service-accounts')).status).toBe(200)
    for (const [method, path] of [
      ['POST', '/v1/admin/service-accounts'],
      ['POST', `/v1/admin/service-accounts/${account.id}/keys`],
      ['DELETE', `/v1/admin/service-accounts/${account.id}/keys/${account.keyId}`],
      ['DELETE', `/v1/admin/service-accounts/${account.id}`],
    ] as const) {
      expect([path, (await call(method, path, method === 'POST' ? {} : undefined)).body.code]).toEqual([
        path,
        'forbidden',
      ])
    }
  })

  it('changes its secret without an outage', async () => {
    const account = await open(['orders:read'])
    const path = `/v1/admin/service-accounts/${account.id}/keys`
    const second = await admin.call<Opened>('POST', path)
    expect(second.status).toBe(201)
    const changed = { ...account, ...second.body }
    expect([(await askWith(account)).status, (await askWith(changed)).status]).toEqual([200, 200])
    expect((await admin.call<Opened>('POST', path)).body.code).toBe('too_many_keys')
    expect((await admin.call('DELETE', `${path}/${account.keyId}`)).status).toBe(204)
    expect([(await askWith(account)).status, (await askWith(changed)).status]).toEqual([401, 200])
    expect((await admin.call<Opened>('DELETE', `${path}/${second.body.keyId}`)).body.code).toBe('last_key')
    expect((await admin.call('DELETE', `${path}/${account.keyId}`)).status).toBe(404)
    expect((await admin.call('POST', path)).status).toBe(201)
  })

  it('never has a third secret, however many are asked for at once', async () => {
    const account = await open(['orders:read'])
    const path = `/v1/admin/service-accounts/${account.id}/keys`
    const answers = await Promise.all(Array.from({ length: 6 }, () => admin.call('POST', path)))
    expect(answers.map(({ status }) => `${status}`).toSorted()).toEqual(['201', ...Array<string>(5).fill('409')])
  })

  it('is refused soon after it was revoked, with the tokens that it has too', async () => {
    const { call, account } = await program(['orders:read'])
    expect((await call('GET', '/v1/orders')).status).toBe(200)
    expect((await admin.call('DELETE', `/v1/admin/service-accounts/${account.id}`)).status).toBe(204)
    expect((await askWith(account)).status).toBe(401)
    await vi.waitFor(async () => expect((await call('GET', '/v1/orders')).status).toBe(401), { timeout: 20_000 })
    expect((await admin.call('DELETE', `/v1/admin/service-accounts/${account.id}`)).status).toBe(404)
    expect((await admin.call('POST', `/v1/admin/service-accounts/${account.id}/keys`)).status).toBe(404)
  })
})

it('admins see who has which scopes, and never a secret', async () => {
  const account = await open(['stock:write'])
  await askWith(account)
  type Listed = { readonly items: readonly { readonly id: string }[]; readonly nextCursor: string | null }
  const first = await admin.call<Listed>('GET', '/v1/admin/service-accounts?limit=1')
  expect(first.body.items).toMatchObject([
    {
      id: account.id,
      name: 'Test program',
      scopes: ['stock:write'],
      createdBy: admin.id,
      lastUsedAt: expect.stringContaining('Z'),
      expiresAt: null,
      revokedAt: null,
      keys: [{ id: account.keyId, createdBy: admin.id }],
    },
  ])
  expect(JSON.stringify(first.body)).not.toContain(account.secret)
  const second = await admin.call<Listed>('GET', `/v1/admin/service-accounts?limit=1&cursor=${first.body.nextCursor}`)
  expect(second.body.items[0]?.id).not.toBe(account.id)
  const customer = await register(apiUrl)
  expect((await customer.call('GET', '/v1/admin/service-accounts')).status).toBe(403)
})

it('the audit log tells of tokens and accounts, without secrets', async () => {
  const account = await open(['orders:read'])
  await askWith(account)
  await askWith({ ...account, secret: 'not-the-secret' })
  const { body } = await admin.call<{ items: readonly { action: string; outcome: string }[] }>(
    'GET',
    `/v1/admin/audit?target=${account.id}`,
  )
  expect(body.items.map(({ action, outcome }) => [action, outcome])).toEqual([
    ['token.refused', 'refused'],
    ['token.issued', 'done'],
    ['POST /v1/admin/service-accounts', 'done'],
  ])
  expect(JSON.stringify(body)).not.toContain(account.secret)
})
