import { randomUUID } from 'node:crypto'
import { errors, jwtVerify, SignJWT } from 'jose'
import type { SigningKeys } from './signing-keys.ts'
import { type Role, roles } from './tables.ts'

/** Who makes a request. */
export type Principal = { readonly id: string; readonly role: Role }

export type AccessTokens = {
  readonly sign: (principal: Principal) => Promise<string>
  /** @returns undefined for every token that is not ours or not good any more. */
  readonly verify: (token: string) => Promise<Principal | undefined>
  readonly jwks: () => Promise<SigningKeys['jwks']>
}

type Options = { readonly issuer: string; readonly audience: string; readonly keys: () => Promise<SigningKeys> }

export const accessTokenSeconds = 600

const type = 'at+jwt'
const algorithm = 'EdDSA'

/** Access tokens as RFC 9068 has them. Algorithm, type, issuer and audience are ours to choose, never the token's. */
export function makeAccessTokens({ issuer, audience, keys }: Options): AccessTokens {
  return {
    sign: async ({ id, role }) => {
      const { active } = await keys()
      return new SignJWT({ role })
        .setProtectedHeader({ alg: algorithm, typ: type, kid: active.kid })
        .setSubject(id)
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
          ({ kid = '' }) => {
            const key = verifying.get(kid)
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
        const role = roles.find((known) => known === payload['role'])
        return payload.sub === undefined || role === undefined ? undefined : { id: payload.sub, role }
      } catch (error) {
        if (error instanceof errors.JOSEError) return undefined
        throw error
      }
    },
    jwks: async () => (await keys()).jwks,
  }
}
