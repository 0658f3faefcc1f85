import { decodeJwt, errors, type JWTPayload, jwtVerify, type JWTVerifyGetKey } from 'jose'
import type { Log } from '../../platform/log.ts'
import type { RoleMap } from '../../platform/role-map.ts'
import { uuidV5 } from '../orders/ids.ts'
import { unavailable } from '../problem.ts'
import type { Person } from './access-token.ts'
import { externalKeys, ProviderAwayError } from './external-provider.ts'
import { roleOfClaims } from './external-role.ts'

export type ExternalSettings = {
  readonly issuer: string
  readonly audience: string
  readonly roleClaim: string
  readonly roleMap: RoleMap
  readonly maxAgeSeconds: number
}

export type ExternalTokens = {
  /** Whether the token says that it is of this provider; nothing is proven by that. */
  readonly claims: (token: string) => boolean
  /** @returns undefined for a token that is not good. @throws a problem, 503, while the provider can't be asked. */
  readonly verify: (token: string) => Promise<Person | undefined>
}

const algorithms = ['EdDSA', 'ES256', 'RS256', 'PS256']
/** RFC 9068 says `at+jwt`; many providers say `JWT` or nothing. Tokens of other kinds say what they are. */
const types: ReadonlySet<string> = new Set(['at+jwt', 'application/at+jwt', 'jwt', ''])

/** Access tokens of an OpenID Connect provider. It says who somebody is; what they may do here, our map says. */
export function makeExternalTokens(
  settings: ExternalSettings,
  { log, keys = externalKeys(settings.issuer) }: { readonly log: Pick<Log, 'warn'>; readonly keys?: JWTVerifyGetKey },
): ExternalTokens {
  const { issuer, audience } = settings
  return {
    claims: (token) => issuerOf(token) === issuer,
    verify: async (token) => {
      try {
        const { payload, protectedHeader } = await jwtVerify(token, keys, {
          algorithms,
          issuer,
          audience,
          requiredClaims: ['sub', 'exp', 'iat'],
          clockTolerance: 5,
          maxTokenAge: settings.maxAgeSeconds,
        })
        return types.has(String(protectedHeader.typ ?? '').toLowerCase()) ? personOf(payload, settings) : undefined
      } catch (error) {
        if (error instanceof ProviderAwayError) {
          log.warn({ err: error, issuer }, 'the identity provider can’t be asked')
          throw unavailable('dependency_unavailable', 'The identity provider of this token does not answer. Try again.')
        }
        if (error instanceof errors.JOSEError) return undefined
        throw error
      }
    },
  }
}

/** A namespace of our own: another one would give everybody another id, so it stays. */
const people = '0d9a3f0e-7a51-4f0c-8b2e-6f3c1c5a9e47'

function personOf(payload: JWTPayload, { issuer, roleClaim, roleMap }: ExternalSettings): Person | undefined {
  if (payload.sub === undefined || payload.sub === '') return undefined
  const { name = payload['preferred_username'], email } = payload
  return {
    id: uuidV5(people, `${issuer} ${payload.sub}`),
    role: roleOfClaims(payload, roleClaim, roleMap),
    external: {
      issuer,
      ...(typeof name === 'string' && { name }),
      ...(typeof email === 'string' && { email }),
    },
  }
}

function issuerOf(token: string): string | undefined {
  try {
    return decodeJwt(token).iss
  } catch (error) {
    // no token at all; whoever verifies it will say so
    if (error instanceof errors.JOSEError) return undefined
    throw error
  }
}
