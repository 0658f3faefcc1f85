import { expect, it } from 'vitest'
import { readConfig } from '../../platform/config.ts'
import { makeLog } from '../../platform/log.ts'
import { makeTestApp } from '../testing.ts'
import { noStore } from './bucket-store.ts'
import { counterInMemory, makeLimits } from './limits.ts'

const config = readConfig({ LIMIT_ORDERS_BURST: '3', LIMIT_ORDERS_PER_SECOND: '1', LIMIT_READS_PER_SECOND: '2' })
const parts = {
  log: makeLog({ LOG_LEVEL: 'silent' }, 'test'),
  buckets: noStore,
  makeCounter: counterInMemory,
  now: () => 0,
}
const { app, bearer } = await makeTestApp({ limits: makeLimits(config, parts), corsOrigins: ['https://shop.example'] })

it('a user has a rate of orders and one of reads, and is told how it stands with each answer', async () => {
  const headers = { ...(await bearer('customer')), 'Content-Type': 'application/json' }
  const place = () => app.request('/v1/orders', { method: 'POST', body: '{}', headers })
  for (const left of [2, 1, 0]) {
    const answer = await place()
    expect(answer.status).toBe(422)
    expect(answer.headers.get('RateLimit-Policy')).toBe('"orders";q=3;w=3')
    expect(answer.headers.get('RateLimit')).toMatch(new RegExp(`^"orders";r=${left};t=\\d$`))
  }
  const refused = await place()
  expect(refused.status).toBe(429)
  expect(refused.headers.get('Retry-After')).toBe('1')
  expect(refused.headers.get('RateLimit')).toBe('"orders";r=0;t=1')
  expect(await refused.json()).toMatchObject({ code: 'too_many_requests' })
  const read = await app.request('/v1/orders', { headers })
  expect(read.headers.get('RateLimit')).toMatch(/^"reads";r=1;t=1$/)
})

it('pages of listed origins may call, with tokens and never with cookies', async () => {
  const preflight = (Origin: string) =>
    app.request('/v1/orders', {
      method: 'OPTIONS',
      headers: { Origin, 'Access-Control-Request-Method': 'POST', 'Access-Control-Request-Headers': 'authorization' },
    })
  const allowed = await preflight('https://shop.example')
  expect(allowed.status).toBe(204)
  expect(allowed.headers.get('Access-Control-Allow-Origin')).toBe('https://shop.example')
  expect(allowed.headers.get('Access-Control-Allow-Headers')).toContain('Authorization')
  expect(allowed.headers.get('Access-Control-Allow-Credentials')).toBeNull()
  expect((await preflight('https://elsewhere.example')).headers.get('Access-Control-Allow-Origin')).toBeNull()
  const refused = await app.request('/v1/orders', { headers: { Origin: 'https://shop.example' } })
  expect(refused.status).toBe(401)
  expect(refused.headers.get('Access-Control-Allow-Origin')).toBe('https://shop.example')
  expect(refused.headers.get('Access-Control-Expose-Headers')).toContain('RateLimit-Policy')
  expect(refused.headers.get('Vary')).toContain('Origin')
})

it('no page of another site may call where none is listed', async () => {
  const plain = await makeTestApp()
  const answer = await plain.app.request('/v1/orders', { headers: { Origin: 'https://shop.example' } })
  expect(answer.headers.get('Access-Control-Allow-Origin')).toBeNull()
})

it('JSON from 1 kB on is compressed for who accepts it', async () => {
  const get = (path: string, accepted: string) => app.request(path, { headers: { 'Accept-Encoding': accepted } })
  const long = await get('/openapi.json', 'br, gzip')
  expect(long.headers.get('Content-Encoding')).toBe('gzip')
  expect(long.headers.get('Vary')).toContain('Accept-Encoding')
  const unpacked = new Response(long.body?.pipeThrough(new DecompressionStream('gzip')))
  const plain = await get('/openapi.json', 'gzip;q=0, br')
  expect(plain.headers.get('Content-Encoding')).toBeNull()
  expect(plain.headers.get('Vary')).toContain('Accept-Encoding')
  expect(await unpacked.text()).toBe(await plain.text())
  const short = await get('/v1/nope', 'gzip')
  expect(short.headers.get('Content-Encoding')).toBeNull()
  expect(await short.json()).toMatchObject({ code: 'not_found' })
})
