import { exportSPKI, SignJWT, UnsecuredJWT } from 'jose'
import { beforeAll, describe, expect, it } from 'vitest'
import { makeTestKeys } from '../testing.ts'
import { type AccessTokens, makeAccessTokens } from './access-token.ts'

const issuer = 'holdfast'
const audience = 'holdfast-api'
const kim = { id: '11111111-1111-4111-8111-111111111111', role: 'customer' } as const

let test: Awaited<ReturnType<typeof makeTestKeys>>
let tokens: AccessTokens

beforeAll(async () => {
  test = await makeTestKeys('current')
  tokens = makeAccessTokens({ issuer, audience, keys: async () => test.keys })
})

type Change = {
  readonly header?: object
  readonly claims?: object
  readonly key?: Parameters<SignJWT['sign']>[0]
  readonly issuedAt?: number
  readonly expiresAt?: number
}

/** A token that is good but for the change. */
const forged = ({ header, claims, key, issuedAt, expiresAt }: Change) => {
  const now = Math.floor(Date.now() / 1000)
  return new SignJWT({ sub: kim.id, role: 'customer', iss: issuer, aud: audience, jti: 'j', ...claims })
    .setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', kid: 'current', ...header })
    .setIssuedAt(issuedAt ?? now)
    .setExpirationTime(expiresAt ?? now + 600)
    .sign(key ?? test.privateKey)
}

describe('an access token', () => {
  it('says who it is', async () => {
    expect(await tokens.verify(await tokens.sign(kim))).toEqual(kim)
    expect(await tokens.verify(await forged({}))).toEqual(kim)
  })

  it('is refused without a signature', async () => {
    const claims = { sub: kim.id, role: 'admin', jti: 'j' }
    const none = new UnsecuredJWT(claims).setIssuer(issuer).setAudience(audience).setIssuedAt().setExpirationTime('10m')
    expect(await tokens.verify(none.encode())).toBeUndefined()
    const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const good = await tokens.sign(kim)
    const named = `${encode({ alg: 'none', typ: 'at+jwt', kid: 'current' })}.${good.split('.')[1]}.`
    expect(await tokens.verify(named)).toBeUndefined()
  })

  it('is refused when it is signed with our public key as a shared secret', async () => {
    const secret = new TextEncoder().encode(await exportSPKI(test.publicKey))
    expect(await tokens.verify(await forged({ header: { alg: 'HS256' }, key: secret }))).toBeUndefined()
  })

  it('is refused when somebody else signed it, under our key’s id, an unknown one or none', async () => {
    const other = await makeTestKeys()
    for (const kid of ['current', 'unknown', undefined]) {
      expect(await tokens.verify(await forged({ header: { kid }, key: other.privateKey }))).toBeUndefined()
    }
    const jwk = other.keys.jwks.keys[0]
    expect(
      await tokens.verify(await forged({ header: { jwk, kid: undefined }, key: other.privateKey })),
    ).toBeUndefined()
  })

  it('is refused when it was changed', async () => {
    const [header, payload = '', signature] = (await tokens.sign(kim)).split('.')
    const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString())
    const admin = Buffer.from(JSON.stringify(Object.assign({}, claims, { role: 'admin' }))).toString('base64url')
    expect(await tokens.verify(`${header}.${admin}.${signature}`)).toBeUndefined()
  })

  it.each([
    ['another type', { header: { typ: 'JWT' } }],
    ['no type', { header: { typ: undefined } }],
    ['another audience', { claims: { aud: 'elsewhere' } }],
    ['another issuer', { claims: { iss: 'elsewhere' } }],
    ['no subject', { claims: { sub: undefined } }],
    ['no id', { claims: { jti: undefined } }],
    ['an unknown role', { claims: { role: 'root' } }],
    ['an end in the past', { expiresAt: Math.floor(Date.now() / 1000) - 10 }],
    ['a start in the future', { issuedAt: Math.floor(Date.now() / 1000) + 60 }],
    ['a life that is too long', { issuedAt: Math.floor(Date.now() / 1000) - 3600 }],
  ])('is refused with %s', async (_, change) => {
    expect(await tokens.verify(await forged(change))).toBeUndefined()
  })

  it.each(['', 'x', 'a.b.c', '..', 'eyJhbGciOiJFZERTQSJ9..', '{}', 'a'.repeat(10_000)])(
    'is not %j',
    async (garbage) => {
      expect(await tokens.verify(garbage)).toBeUndefined()
    },
  )

  it('is not made good by an outage of the key store: that is thrown', async () => {
    const away = makeAccessTokens({ issuer, audience, keys: () => Promise.reject(new Error('ECONNREFUSED')) })
    await expect(away.verify(await tokens.sign(kim))).rejects.toThrow('ECONNREFUSED')
  })
})
