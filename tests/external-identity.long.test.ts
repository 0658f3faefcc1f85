import { decodeJwt, decodeProtectedHeader, generateKeyPair, SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { uuidPattern } from '../domain/ids.ts'
import { makeExternalTokens } from '../api/identity/external-tokens.ts'
import type { System } from '../stack/system.ts'
import { type IdentityProvider, startIdentityProvider } from './support/identity-provider.ts'
import { startOwnSystem } from './support/own-system.ts'
import { register, send } from './support/shop.ts'

const clients = {
  ada: { name: 'Ada Example', email: 'ada@id.test' },
  agent: { role: 'agents' },
  boss: { role: ['agents', 'shop-admin'] },
} as const

let provider: IdentityProvider
let system: System
beforeAll(async () => {
  provider = await startIdentityProvider({ clients })
  system = await startOwnSystem({ AUTH_ISSUER: provider.issuer, AUTH_ROLE_MAP: 'shop-admin=admin,agents=support' }, [
    'api',
  ])
})
afterAll(async () => {
  await system.stop()
  await provider.stop()
})

type Me = { readonly id: string; readonly name: string; readonly email: string; readonly role: string }
type Problem = { readonly code: string }

const call = <Body>(path: string, token: string) =>
  send<Body>(`${system.apiUrl}${path}`, 'GET', undefined, { authorization: `Bearer ${token}` })
const me = (token: string) => call<Me & Problem>('/v1/me', token)

describe('a token of another identity provider', () => {
  it('says who somebody is, who needs no account here', async () => {
    const { status, body } = await me(await provider.token('ada'))
    expect([status, body]).toEqual([
      200,
      { id: expect.stringMatching(uuidPattern), name: 'Ada Example', email: 'ada@id.test', role: 'customer' },
    ])
    expect((await me(await provider.token('ada'))).body.id).toBe(body.id)
    expect((await me(await provider.token('agent'))).body.id).not.toBe(body.id)
    expect((await call('/v1/orders', await provider.token('ada'))).status).toBe(200)
  })

  it('gives the role that its claim is mapped to, and staff need no account either', async () => {
    expect((await me(await provider.token('agent'))).body.role).toBe('support')
    expect((await me(await provider.token('boss'))).body.role).toBe('admin')
    expect((await call('/v1/admin/audit', await provider.token('boss'))).status).toBe(200)
    expect((await call('/v1/admin/audit', await provider.token('agent'))).status).toBe(403)
  })

  it('is refused when it is for somebody else', async () => {
    expect((await me(await provider.token('ada', 'other-api'))).status).toBe(401)
  })

  it('is refused when another provider made it, whatever it says', async () => {
    const other = await startIdentityProvider({ clients })
    expect((await me(await other.token('boss'))).status).toBe(401)
    const { privateKey } = await generateKeyPair('ES256')
    const forged = (kid = '') =>
      new SignJWT({ role: 'shop-admin' })
        .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid })
        .setIssuer(provider.issuer)
        .setAudience('holdfast-api')
        .setSubject('boss')
        .setIssuedAt()
        .setExpirationTime('5m')
        .sign(privateKey)
    const { kid } = decodeProtectedHeader(await provider.token('boss'))
    expect((await me(await forged(kid))).status).toBe(401)
    expect((await me(await forged('unknown'))).status).toBe(401)
    await other.stop()
  })

  it('is refused once it is older than is allowed here, however long it lives', async () => {
    const lasting = await startIdentityProvider({ clients, lifeSeconds: 86_400, alg: 'RS256' })
    const settings = { issuer: lasting.issuer, audience: 'holdfast-api', roleClaim: 'role', roleMap: new Map() }
    const token = await lasting.token('ada')
    const tokens = makeExternalTokens({ ...settings, maxAgeSeconds: 3600 }, { log: { warn: () => undefined } })
    expect(await tokens.verify(token)).toMatchObject({ role: 'customer' })
    vi.useFakeTimers({ now: ((decodeJwt(token).iat ?? 0) + 3700) * 1000, toFake: ['Date'] })
    expect(await tokens.verify(token)).toBeUndefined()
    vi.useRealTimers()
    await lasting.stop()
  })
})

describe('a provider', () => {
  it('that changes its keys is asked for them', async () => {
    await provider.stop()
    provider = await startIdentityProvider({ clients, port: Number(new URL(provider.issuer).port) })
    const token = await provider.token('ada')
    await vi.waitFor(async () => expect((await me(token)).status).toBe(200), { timeout: 40_000, interval: 500 })
  })

  it('that is away makes its tokens wait, and nobody else', async () => {
    const own = await register(system.apiUrl)
    const token = await provider.token('ada')
    await provider.stop()
    const port = Number(new URL(provider.issuer).port)
    // a process that has no key of it yet
    const away = await startOwnSystem({ AUTH_ISSUER: provider.issuer }, ['api'])
    const there = (path: string, bearer: string) =>
      send<Problem>(`${away.apiUrl}${path}`, 'GET', undefined, { authorization: `Bearer ${bearer}` })
    const refused = await there('/v1/me', token)
    expect([refused.status, refused.body.code]).toEqual([503, 'dependency_unavailable'])
    expect(refused.headers.get('retry-after')).toBe('5')
    const theirs = await register(away.apiUrl)
    expect((await there('/v1/me', theirs.token)).status).toBe(200)
    expect((await own.call('GET', '/v1/me')).status).toBe(200)
    provider = await startIdentityProvider({ clients, port })
    const fresh = await provider.token('ada')
    await vi.waitFor(async () => expect((await there('/v1/me', fresh)).status).toBe(200), { timeout: 40_000 })
    await away.stop()
  })
})
