import { createHash } from 'node:crypto'
import { createMiddleware } from 'hono/factory'
import { type RateLimiterAbstract, RateLimiterRes } from 'rate-limiter-flexible'
import { clientAddress } from '../client-address.ts'
import type { Deps } from '../deps.ts'
import type { Env } from '../env.ts'
import { accountOf } from './account-of.ts'
import { type AttemptName, countsStatus, ruleOf } from './attempt-rules.ts'
import { networkOf } from './network-of.ts'
import { type Standing, tellStandings, tooMany } from './standing.ts'

/** A fixed window in the store; past its points `consume` rejects with a `RateLimiterRes`. */
export type Counter = Pick<RateLimiterAbstract, 'consume' | 'reward' | 'points' | 'duration' | 'keyPrefix'>

/**
 * Limits what is tried without a token, by client address and by account, whether that exists or not. A try is counted
 * before it is made, so that of many at once no more get through than one after the other; it is taken back where the
 * rule says that it costs nothing. Without the store everything is let through.
 */
export const limitAttempts = ({ limits, proxies }: Pick<Deps, 'limits' | 'proxies'>, name: AttemptName) =>
  createMiddleware<Env>(async (c, next) => {
    const { address, account } = limits.counters(name)
    const tries = [
      await attempt(address, networkOf(clientAddress(c, proxies)), limits.onStoreFailure),
      await attempt(account, account && (await accountOf(c, ruleOf(name).about)), limits.onStoreFailure),
    ].filter((one) => one !== undefined)
    const standings = tries.map(({ standing }) => standing)
    const refused = standings.find(({ allowed }) => !allowed)
    if (refused !== undefined) {
      await Promise.all(tries.filter(({ standing }) => standing.allowed).map(({ takeBack }) => takeBack()))
      tellStandings(c, standings)
      throw tooMany('Too many tries. Wait, then try again.', refused.resetSeconds)
    }
    await next()
    if (countsStatus(ruleOf(name).counts, c.res.status)) return tellStandings(c, standings)
    await Promise.all(tries.map(({ takeBack }) => takeBack()))
    tellStandings(
      c,
      standings.map((standing) => ({ ...standing, remaining: standing.remaining + 1 })),
    )
  })

type Try = { readonly standing: Standing; readonly takeBack: () => Promise<void> }

async function attempt(
  counter: Counter | undefined,
  about: string | undefined,
  onFailure: (error: unknown) => void,
): Promise<Try | undefined> {
  if (counter === undefined || about === undefined) return undefined
  const key = createHash('sha256').update(about).digest('base64url')
  const takeBack = async () => {
    try {
      await counter.reward(key)
    } catch (error) {
      onFailure(error)
    }
  }
  try {
    return { standing: standingOf(counter, await counter.consume(key), true), takeBack }
  } catch (error) {
    if (error instanceof RateLimiterRes) return { standing: standingOf(counter, error, false), takeBack }
    onFailure(error)
    return undefined
  }
}

const standingOf = (counter: Counter, result: RateLimiterRes, allowed: boolean): Standing => ({
  policy: { name: counter.keyPrefix, quota: counter.points, windowSeconds: counter.duration },
  allowed,
  remaining: result.remainingPoints,
  resetSeconds: Math.max(Math.ceil(result.msBeforeNext / 1000), 1),
})
