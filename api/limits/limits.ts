import { RateLimiterMemory, RateLimiterMySQL } from 'rate-limiter-flexible'
import type { Pool } from 'mysql2'
import type { Config } from '../../platform/config.ts'
import type { Log } from '../../platform/log.ts'
import { type AttemptName, ruleOf } from './attempt-rules.ts'
import type { Counter } from './attempts.ts'
import type { BucketStore } from './bucket-store.ts'
import { makeBuckets, type Rate } from './buckets.ts'
import { makePlaces, type Places } from './places.ts'
import { makeSeldom } from './seldom.ts'
import type { Standing } from './standing.ts'

/** What users do with a token. */
export type Use = 'orders' | 'writes' | 'reads'

export type Limits = {
  /** One call of a signed-in user. */
  readonly take: (use: Use, user: string) => Standing
  /** For calls without a token. */
  readonly counters: (name: AttemptName) => { readonly address: Counter; readonly account: Counter | undefined }
  readonly streams: Places
  /** Warns, but not once per request. */
  readonly onStoreFailure: (error: unknown) => void
}

type Needs = {
  readonly log: Log
  readonly buckets: BucketStore
  readonly makeCounter: (name: string, perMinute: number) => Counter
  readonly now?: () => number
}

export function makeLimits(config: Config, { log, buckets: store, makeCounter, now = Date.now }: Needs): Limits {
  const warn = makeSeldom((err) =>
    log.warn({ err }, 'the store of the limits does not answer: this process goes by what it knows alone'),
  )
  const buckets = makeBuckets({ store, onFailure: warn, now })
  const rates: Readonly<Record<Use, Rate>> = {
    orders: { name: 'orders', perSecond: config.LIMIT_ORDERS_PER_SECOND, burst: config.LIMIT_ORDERS_BURST },
    writes: { name: 'writes', perSecond: config.LIMIT_WRITES_PER_SECOND, burst: config.LIMIT_WRITES_PER_SECOND },
    reads: { name: 'reads', perSecond: config.LIMIT_READS_PER_SECOND, burst: config.LIMIT_READS_PER_SECOND },
  }
  const counters = new Map<AttemptName, ReturnType<Limits['counters']>>()
  return {
    take: (use, user) => buckets.take(rates[use], user),
    counters(name) {
      const known = counters.get(name)
      if (known !== undefined) return known
      const { address, account } = ruleOf(name)
      const made = {
        address: makeCounter(`${name}-address`, config[address]),
        account: account && makeCounter(`${name}-account`, config[account]),
      }
      counters.set(name, made)
      return made
    },
    streams: makePlaces(config.STREAMS_PER_USER),
    onStoreFailure: warn,
  }
}

const minute = 60

/** Counted for all processes together; rows are deleted an hour after their minute. */
export const counterInStore =
  (pool: Pool, dbName: string): Needs['makeCounter'] =>
  (keyPrefix, points) => {
    const where = { storeClient: pool, storeType: 'pool', dbName, tableName: 'limit_count', tableCreated: true }
    // one of them clears for all
    const clearExpiredByTimeout = keyPrefix === 'login-address'
    return new RateLimiterMySQL({ ...where, keyPrefix, points, duration: minute, clearExpiredByTimeout })
  }

/** Counted for this process alone. */
export const counterInMemory: Needs['makeCounter'] = (keyPrefix, points) =>
  new RateLimiterMemory({ keyPrefix, points, duration: minute })
