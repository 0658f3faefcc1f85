import { Hono } from 'hono'
import { expect, it } from 'vitest'
import { readConfig } from '../../platform/config.ts'
import { makeLog } from '../../platform/log.ts'
import type { Env } from '../env.ts'
import { makeOnError } from '../on-error.ts'
import { ProblemError } from '../problem.ts'
import { traceOf } from '../trace.ts'
import type { AttemptName } from './attempt-rules.ts'
import { limitAttempts } from './attempts.ts'
import { noStore } from './bucket-store.ts'
import { counterInMemory, makeLimits } from './limits.ts'

const silent = makeLog({ LOG_LEVEL: 'silent' }, 'test')
const config = readConfig({ LIMIT_LOGIN_FAILURES_PER_MINUTE: '3', LIMIT_ADDRESS_FAILURES_PER_MINUTE: '5' })

/** A sign-in with one good password, behind a proxy. */
function setUp(name: AttemptName, changes: Partial<Parameters<typeof makeLimits>[1]> = {}) {
  const limits = makeLimits(config, { log: silent, buckets: noStore, makeCounter: counterInMemory, ...changes })
  const app = new Hono<Env>()
  app.onError(makeOnError(silent))
  app.use(async (c, next) => {
    c.set('trace', traceOf(undefined))
    await next()
  })
  app.post('/', limitAttempts({ limits, proxies: 1 }, name), async (c) => {
    const { password } = await c.req.json<{ password: string }>()
    if (password !== 'good') throw new ProblemError('invalid_credentials', 'No.')
    return c.json({})
  })
  return async (email: string, password = 'bad', address = '203.0.113.7', more: Record<string, string> = {}) =>
    app.request('/', {
      method: 'POST',
      body: JSON.stringify({ email, password }),
      headers: { 'Content-Type': 'application/json', 'X-Forwarded-For': address, ...more },
    })
}

it('refuses an account after so many failures, the right password too, and no other account', async () => {
  const login = setUp('login')
  for (const left of [2, 1, 0]) {
    const answer = await login('kim@shop.test')
    expect(answer.status).toBe(401)
    expect(answer.headers.get('RateLimit')).toMatch(new RegExp(`"login-account";r=${left};t=\\d+$`))
  }
  const refused = await login(' KIM@shop.test', 'good')
  expect(refused.status).toBe(429)
  expect(await refused.json()).toMatchObject({ code: 'too_many_requests' })
  expect(refused.headers.get('RateLimit-Policy')).toBe('"login-address";q=5;w=60, "login-account";q=3;w=60')
  expect(Number(refused.headers.get('Retry-After'))).toBeGreaterThan(0)
  expect((await login('ada@shop.test', 'good')).status).toBe(200)
})

it('refuses a client address after so many failures, whatever the accounts', async () => {
  const login = setUp('login')
  for (let account = 0; account < 5; account += 1) expect((await login(`${account}@shop.test`)).status).toBe(401)
  expect((await login('kim@shop.test', 'good')).status).toBe(429)
  expect((await login('kim@shop.test', 'good', '203.0.113.8')).status).toBe(200)
})

it('counts nothing for a good sign-in', async () => {
  const login = setUp('login')
  for (let time = 0; time < 20; time += 1) {
    const answer = await login('kim@shop.test', 'good')
    expect(answer.status).toBe(200)
    expect(answer.headers.get('RateLimit')).toContain('"login-account";r=3')
  }
})

it('lets no more through of many tries at once', async () => {
  const login = setUp('login')
  const answers = await Promise.all(Array.from({ length: 20 }, () => login('kim@shop.test')))
  expect(answers.filter(({ status }) => status === 401)).toHaveLength(3)
})

it('counts the account that is signed in to, whatever else the call says', async () => {
  const login = setUp('login')
  const statuses: number[] = []
  for (let time = 0; time < 4; time += 1) {
    const more = { Authorization: `Basic ${btoa(`${time}:x`)}` }
    statuses.push((await login('kim@shop.test', 'bad', `203.0.113.${time}`, more)).status)
  }
  expect(statuses).toEqual([401, 401, 401, 429])
})

it('counts every registration of an address', async () => {
  const register = setUp('register')
  const statuses: number[] = []
  for (let n = 0; n < 11; n += 1) statuses.push((await register(`${n}@shop.test`, 'good')).status)
  expect(statuses).toEqual([...Array.from({ length: 10 }, () => 200), 429])
})

it('lets everything through while the store is down, and warns once in ten seconds', async () => {
  const warnings: unknown[] = []
  const down = async () => {
    throw new Error('down')
  }
  const login = setUp('login', {
    log: { ...silent, warn: (about: unknown) => void warnings.push(about) },
    makeCounter: (keyPrefix, points) => ({ keyPrefix, points, duration: 60, consume: down, reward: down }),
  })
  for (let time = 0; time < 10; time += 1) expect((await login('kim@shop.test')).status).toBe(401)
  expect(warnings).toHaveLength(1)
})
