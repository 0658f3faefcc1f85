import { createRemoteJWKSet, errors, type JWTVerifyGetKey } from 'jose'
import { z } from 'zod'
import { isSafeUrl } from '../../platform/safe-url.ts'

const timeoutMs = 3_000
/** A provider that did not answer is left alone for so long. */
const pauseMs = 5_000
/** An unknown key makes one look at the provider's keys in this time. */
const cooldownMs = 10_000

const discovery = z.object({
  issuer: z.string(),
  jwks_uri: z.string().refine(isSafeUrl, 'has to be https, unless it is on this machine'),
})

/** The provider can't be asked now: the token may be good or not. */
export class ProviderAwayError extends Error {
  override readonly name = 'ProviderAwayError'
}

/**
 * The keys of an OpenID Connect provider, found by its discovery document and kept for ten minutes.
 * @throws ProviderAwayError for a key that is not known while the provider does not answer, and jose's errors for a key
 * that it does not have.
 */
export function externalKeys(issuer: string): JWTVerifyGetKey {
  let keys: ReturnType<typeof createRemoteJWKSet> | undefined
  let finding: Promise<ReturnType<typeof createRemoteJWKSet>> | undefined
  let away: { readonly until: number; readonly cause: unknown } | undefined

  async function find() {
    finding ??= discover(issuer).finally(() => {
      finding = undefined
    })
    return (keys ??= await finding)
  }

  return async (header, token) => {
    const known = keys?.fresh === true && keys.jwks()?.keys.some(({ kid }) => kid === header.kid)
    if (!known && away !== undefined && Date.now() < away.until) {
      throw new ProviderAwayError(`${issuer} did not answer a moment ago`, { cause: away.cause })
    }
    try {
      const key = await (await find())(header, token)
      if (!known) away = undefined
      return key
    } catch (error) {
      if (isRefusal(error)) throw error
      away = { until: Date.now() + pauseMs, cause: error }
      // it may have moved its keys
      if (keys?.fresh !== true) keys = undefined
      throw new ProviderAwayError(`${issuer} does not answer`, { cause: error })
    }
  }
}

const isRefusal = (error: unknown): boolean =>
  error instanceof errors.JWKSNoMatchingKey ||
  error instanceof errors.JWKSMultipleMatchingKeys ||
  error instanceof errors.JOSENotSupported

async function discover(issuer: string) {
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`
  const response = await fetch(url, {
    headers: { Accept: 'application/json' },
    redirect: 'error',
    signal: AbortSignal.timeout(timeoutMs),
  })
  if (!response.ok) throw new Error(`${url} answers ${response.status}`)
  const document = discovery.parse(await response.json())
  if (document.issuer !== issuer) throw new Error(`${url} is of the issuer ${document.issuer}`)
  return createRemoteJWKSet(new URL(document.jwks_uri), {
    timeoutDuration: timeoutMs,
    cooldownDuration: cooldownMs,
    cacheMaxAge: 600_000,
  })
}
