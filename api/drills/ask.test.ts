import { expect, it } from 'vitest'
import { makeTestApp } from '../testing.ts'
import { type Drills, makeDrills } from './ask.ts'

const untouched = () => Promise.reject(new Error('nobody may get here'))
const drills: Drills = { read: untouched, find: untouched, begin: untouched }

const paths = [
  ['GET', '/v1/admin/drills'],
  ['GET', '/v1/admin/drills/1'],
  ['POST', '/v1/admin/drills'],
] as const

it.each([
  ['outside the demo', { demo: false, drills }],
  ['in a demo that has no board', { demo: true }],
])('there are no drills %s', async (_, changes) => {
  const { app, bearer } = await makeTestApp(changes)
  for (const [method, path] of paths) {
    const body = method === 'POST' ? { body: JSON.stringify({ drill: 'poison', ordersPerSecond: 1 }) } : {}
    const headers = { ...(await bearer('admin')), 'Content-Type': 'application/json' }
    const response = await app.request(path, { method, headers, ...body })
    expect([path, response.status]).toEqual([path, 404])
  }
})

it('an admin of another identity provider is told to sign in here, and none begins', async () => {
  const external = { issuer: 'https://id.test' }
  const verify = () => Promise.resolve({ id: '1', role: 'admin' as const, external })
  const { app } = await makeTestApp({ demo: true, drills, verify })
  const headers = { Authorization: 'Bearer theirs', 'Content-Type': 'application/json' }
  const body = JSON.stringify({ drill: 'poison', ordersPerSecond: 1 })
  const response = await app.request('/v1/admin/drills', { method: 'POST', headers, body })
  expect([response.status, await response.json()]).toMatchObject([403, { code: 'own_login_needed' }])
})

it('nobody is asked outside the demo, whatever else is configured', () => {
  const given = { DRILLS_URL: 'http://127.0.0.1:1', DRILLS_TOKEN: 'secret' }
  expect(makeDrills({ DEMO: false, ...given })).toBeUndefined()
  expect(makeDrills({ DEMO: true, ...given, DRILLS_URL: '' })).toBeUndefined()
})

it('a process that does not answer is an outage, to be tried again', async () => {
  // nothing listens on port 1
  const away = makeDrills({ DEMO: true, DRILLS_URL: 'http://127.0.0.1:1', DRILLS_TOKEN: 'secret' })
  await expect(away?.read()).rejects.toMatchObject({ code: 'dependency_unavailable' })
})
