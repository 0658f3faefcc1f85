import { exportJWK, exportSPKI, generateKeyPair, type JWTHeaderParameters, SignJWT } from 'jose'
import type { SigningKeys } from '../../api/identity/signing-keys.ts'

type Made = {
  readonly issuer: string
  readonly audience: string
  readonly keys: SigningKeys
  /** A good token of somebody who may do little. */
  readonly good: string
  /** Whom the forger would like to be. */
  readonly admin: string
}

/** Tokens that are good but for one thing, each claiming to be an admin's; by what is wrong with them. */
export async function forgedTokens({
  issuer,
  audience,
  keys,
  good,
  admin,
}: Made): Promise<ReadonlyMap<string, string>> {
  const { kid, key } = keys.active
  const forger = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true })
  const jwk = await exportJWK(forger.publicKey)
  const now = Math.floor(Date.now() / 1000)
  const header = { alg: 'EdDSA', typ: 'at+jwt', kid }
  const claims = { sub: admin, role: 'admin', iss: issuer, aud: audience, iat: now, exp: now + 600, jti: 'forged' }
  const sign = (changedHeader: object, changedClaims: object, by: Parameters<SignJWT['sign']>[0]) =>
    new SignJWT({ ...claims, ...changedClaims })
      .setProtectedHeader({ ...header, ...changedHeader } satisfies JWTHeaderParameters)
      .sign(by)
  const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url')
  const ours = keys.verifying.get(kid)
  if (ours === undefined || ours instanceof Uint8Array) throw new Error('the active key is no public key')
  const { x = '' } = keys.jwks.keys.find((one) => one.kid === kid) ?? {}
  const [goodHeader = '', , goodSignature = ''] = good.split('.')
  return new Map([
    ['expired', await sign({}, { iat: now - 605, exp: now - 6 }, key)],
    ['older than any of ours may be', await sign({}, { iat: now - 3600 }, key)],
    ['wrong typ', await sign({ typ: 'JWT' }, {}, key)],
    ['wrong audience', await sign({}, { aud: 'elsewhere' }, key)],
    ['wrong issuer', await sign({}, { iss: 'elsewhere' }, key)],
    ['unknown kid', await sign({ kid: 'unknown' }, {}, forger.privateKey)],
    ['our kid, foreign signature', await sign({}, {}, forger.privateKey)],
    ['jwk in the header', await sign({ kid: undefined, jwk }, {}, forger.privateKey)],
    ['jku in the header', await sign({ kid: 'x', jku: 'https://example.test/jwks.json' }, {}, forger.privateKey)],
    ['HS256 by our public key', await sign({ alg: 'HS256' }, {}, Buffer.from(x, 'base64url'))],
    ['HS256 by our public key as PEM', await sign({ alg: 'HS256' }, {}, Buffer.from(await exportSPKI(ours)))],
    ['alg none', `${encode({ ...header, alg: 'none' })}.${encode(claims)}.`],
    ['alg none with a signature', `${encode({ ...header, alg: 'none' })}.${encode(claims)}.${goodSignature}`],
    ['tampered payload', `${goodHeader}.${encode(claims)}.${goodSignature}`],
  ])
}
