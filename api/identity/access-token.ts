import { randomUUID } from 'node:crypto'
import { errors, type JWTPayload, jwtVerify, SignJWT } from 'jose'
import type { SigningKeys } from './signing-keys.ts'
import { type Role, roles, type Scope, scopes } from './tables.ts'

/** Who makes a request: a person with a role, or a program, which has scopes instead. */
export type Principal = Person | Program
export type Person = {
  readonly id: string
  readonly role: Role
  /** The login that the token comes from, where it comes from one of ours. */
  readonly sessionId?: string
  /** What another provider says of them, where the token comes from it: then there is no account here. */
  readonly external?: { readonly issuer: string; readonly name?: string; readonly email?: string }
}
export type Program = { readonly id: string; readonly role: 'program'; readonly scopes: readonly Scope[] }

export type AccessTokens = {
  readonly sign: (principal: Principal) => Promise<string>
  /** @returns undefined for every token that is not ours or not good any more. */
  readonly verify: (token: string) => Promise<Principal | undefined>
  readonly jwks: () => Promise<SigningKeys['jwks']>
}

type Options = {
  readonly issuer: string
  readonly audience: string
  /** Given a key's id that was not among them, they are looked for again. */
  readonly keys: (unknownKid?: string) => Promise<SigningKeys>
}

export const accessTokenSeconds = 600

const type = 'at+jwt'
const algorithm = 'EdDSA'

/** Access tokens as RFC 9068 has them. Algorithm, type, issuer and audience are ours to choose, never the token's. */
export function makeAccessTokens({ issuer, audience, keys }: Options): AccessTokens {
  return {
    sign: async (principal) => {
      const { active } = await keys()
      return new SignJWT(claimsOf(principal))
        .setProtectedHeader({ alg: algorithm, typ: type, kid: active.kid })
        .setSubject(principal.id)
        .setIssuer(issuer)
        .setAudience(audience)
        .setIssuedAt()
        .setExpirationTime(`${accessTokenSeconds}s`)
        .setJti(randomUUID())
        .sign(active.key)
    },
    verify: async (token) => {
      const { verifying } = await keys()
      try {
        const { payload } = await jwtVerify(
          token,
          async ({ kid = '' }) => {
            const key = verifying.get(kid) ?? (await keys(kid)).verifying.get(kid)
            if (key === undefined) throw new errors.JWKSNoMatchingKey()
            return key
          },
          {
            algorithms: [algorithm],
            typ: type,
            issuer,
            audience,
            requiredClaims: ['sub', 'role', 'exp', 'iat', 'jti'],
            clockTolerance: 5,
            maxTokenAge: accessTokenSeconds + 10,
          },
        )
        return principalOf(payload)
      } catch (error) {
        if (error instanceof errors.JOSEError) return undefined
        throw error
      }
    },
    jwks: async () => (await keys()).jwks,
  }
}

/** `scope` as RFC 9068 and `sid` as OpenID Connect have them. */
const claimsOf = (principal: Principal) =>
  principal.role === 'program'
    ? { role: principal.role, scope: principal.scopes.join(' ') }
    : { role: principal.role, ...(principal.sessionId !== undefined && { sid: principal.sessionId }) }

function principalOf({ sub: id, role, scope, sid }: JWTPayload): Principal | undefined {
  if (id === undefined) return undefined
  if (role === 'program') {
    const granted = typeof scope === 'string' ? scope.split(' ') : []
    return { id, role, scopes: scopes.filter((known) => granted.includes(known)) }
  }
  const known = roles.find((one) => one === role)
  return known && { id, role: known, ...(typeof sid === 'string' && { sessionId: sid }) }
}
