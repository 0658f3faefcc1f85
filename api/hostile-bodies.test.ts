import { beforeAll, expect, it } from 'vitest'
import { type OpenApi, type Route, routesOf } from '../tests/support/routes.ts'
import { makeTestApp } from './testing.ts'

const polluting = [
  ['__proto__', '"__proto__":{"polluted":1,"role":"admin"}'],
  ['constructor', '"constructor":{"prototype":{"polluted":1}}'],
] as const

let app: Awaited<ReturnType<typeof makeTestApp>>['app']
let headers: Readonly<Record<string, string>>
beforeAll(async () => {
  const made = await makeTestApp()
  app = made.app
  headers = { ...(await made.bearer('admin')), 'Content-Type': 'application/json' }
})

/** Puts the member into every object of a JSON text. */
const into = (json: string, member: string): string =>
  json.replaceAll(/\{(?=("|\}))/g, (_, next: string) => `{${member}${next === '"' ? ',' : ''}`)

/** Every route that takes JSON, with its example. */
async function routesWithBodies(): Promise<readonly Route[]> {
  const document = (await (await app.request('/openapi.json')).json()) as OpenApi
  return routesOf(document).filter((route) => route.example !== undefined)
}

/** Nothing else is up: what is not refused asks for a database. */
async function expectCalm({ name, method, path }: Route, body: string, query = ''): Promise<void> {
  const at = path.replaceAll(/{\w+}/g, '11111111-1111-4111-8111-111111111111')
  const answer = await app.request(`${at}${query}`, { method, headers, body })
  await answer.body?.cancel()
  const { status } = answer
  const isCalm = status === 503 || (status >= 400 && status < 500 && status !== 429)
  expect([name, status, isCalm]).toEqual([name, status, true])
}

it.each(polluting)('no route lets anybody set %s of anything', async (_name, member) => {
  for (const route of await routesWithBodies()) {
    const query = '?__proto__[polluted]=1&constructor.prototype.polluted=1'
    await expectCalm(route, into(JSON.stringify(route.example), member), query)
    expect(Reflect.get({}, 'polluted')).toBeUndefined()
    expect(Reflect.get({}, 'role')).toBeUndefined()
  }
})

it.each([
  ['lists', '[', ']'],
  ['objects', '{"a":', '}'],
])('no depth of %s is too much for a route', async (_name, open, close) => {
  const levels = Math.floor(60_000 / (open.length + close.length))
  const deep = `${open.repeat(levels)}${open === '[' ? '' : '1'}${close.repeat(levels)}`
  for (const route of await routesWithBodies()) {
    await expectCalm(route, deep)
    for (const name of Object.keys(Object(route.example))) {
      const rest = JSON.stringify({ ...Object(route.example), [name]: 0 })
      await expectCalm(
        route,
        rest.replace(`${JSON.stringify(name)}:0`, () => `${JSON.stringify(name)}:${deep}`),
      )
    }
  }
  const letter = '/v1/admin/dead-letters/stock:0:1/redrive'
  const edit = `{"reason":"because","data":{"a":${deep}}}`
  const answer = await app.request(letter, { method: 'POST', headers, body: edit })
  expect([answer.status, await answer.text()]).toEqual([422, expect.stringContaining('too_deep')])
})
