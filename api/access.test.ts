import { Hono } from 'hono'
import { describe, expect, it } from 'vitest'
import {
  admin,
  adminInPerson,
  anyone,
  buyer,
  ordersReader,
  ordersWriter,
  signedIn,
  stockKeeper,
  support,
  supportInPerson,
} from './access.ts'
import { readConfig } from '../platform/config.ts'
import { makeLog } from '../platform/log.ts'
import type { Env } from './env.ts'
import type { Principal } from './identity/access-token.ts'
import { noStore } from './limits/bucket-store.ts'
import { counterInMemory, makeLimits } from './limits/limits.ts'
import { ProblemError } from './problem.ts'

const limits = makeLimits(readConfig({}), {
  log: makeLog({ LOG_LEVEL: 'silent' }, 'test'),
  buckets: noStore,
  makeCounter: counterInMemory,
})

const who: Readonly<Record<string, Principal>> = {
  customer: { id: 'c', role: 'customer' },
  support: { id: 's', role: 'support' },
  admin: { id: 'a', role: 'admin' },
  reader: { id: 'p', role: 'program', scopes: ['orders:read'] },
  writer: { id: 'p', role: 'program', scopes: ['orders:read', 'orders:write'] },
  stock: { id: 'p', role: 'program', scopes: ['stock:write'] },
  root: { id: 'p', role: 'program', scopes: ['admin'] },
  idle: { id: 'p', role: 'program', scopes: [] },
}

/** A route with this declaration; a token is the name of who has it. */
async function call(declaration: typeof admin, authorization?: string) {
  const app = new Hono<Env>()
    .use((c, next) => {
      c.set('verify', async (token) => who[token])
      c.set('limits', limits)
      return next()
    })
    .get('/', declaration.middleware, (c) => c.json(c.var.principal))
    .onError((error, c) => {
      if (!(error instanceof ProblemError)) throw error
      return c.json({ code: error.code, detail: error.message }, 400, { ...error.headers })
    })
  const headers = { ...(authorization !== undefined && { Authorization: authorization }) }
  const response = await app.request('/', { headers })
  const body = (await response.json()) as Readonly<Record<string, unknown>>
  return { status: response.status, body, challenge: response.headers.get('WWW-Authenticate') }
}

describe('who may call', () => {
  it.each([
    ['signedIn', signedIn, ['customer', 'support', 'admin']],
    ['ordersReader', ordersReader, ['customer', 'support', 'admin', 'reader', 'writer', 'root']],
    ['ordersWriter', ordersWriter, ['customer', 'support', 'admin', 'writer', 'root']],
    ['buyer', buyer, ['customer', 'writer', 'root']],
    ['support', support, ['support', 'admin', 'root']],
    ['supportInPerson', supportInPerson, ['support', 'admin']],
    ['stockKeeper', stockKeeper, ['admin', 'stock', 'root']],
    ['admin', admin, ['admin', 'root']],
    ['adminInPerson', adminInPerson, ['admin']],
  ])('%s', async (_, declaration, allowed) => {
    for (const [name, principal] of Object.entries(who)) {
      const { status, body } = await call(declaration, `Bearer ${name}`)
      if (allowed.includes(name)) expect([name, status, body]).toEqual([name, 200, principal])
      else expect([name, body['code']]).toEqual([name, 'forbidden'])
    }
  })

  it('is told to who may not', async () => {
    expect((await call(stockKeeper, 'Bearer customer')).body['detail']).toBe(
      'This is for the role admin, and programs with the scope stock:write or admin.',
    )
    expect((await call(adminInPerson, 'Bearer root')).body['detail']).toBe('This is for the role admin.')
  })

  it('is everybody where it says so on purpose', () => {
    expect(anyone).toEqual({ security: [], 'x-roles': ['anyone'], 'x-scopes': [] })
  })
})

describe('a call without a good token', () => {
  it.each([
    undefined,
    '',
    'customer',
    'Basic customer',
    'Bearer',
    'Bearer ',
    'Bearer customer admin',
    'xBearer customer',
  ])('is challenged: %j', async (authorization) => {
    const { body, challenge } = await call(signedIn, authorization)
    expect([body['code'], challenge]).toEqual(['unauthenticated', 'Bearer'])
  })

  it('hears that its token is the reason', async () => {
    const { body, challenge } = await call(signedIn, 'Bearer stranger')
    expect([body['code'], challenge]).toEqual(['unauthenticated', 'Bearer error="invalid_token"'])
  })

  it('has one that is good however the scheme is spelled', async () => {
    expect((await call(signedIn, 'bearer  customer')).status).toBe(200)
  })
})
