import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { makeAccessTokens, type Principal } from '../api/identity/access-token.ts'
import { createAccount } from '../api/identity/accounts.ts'
import { createServiceAccount } from '../api/identity/service-accounts.ts'
import { loadSigningKeys } from '../api/identity/signing-keys.ts'
import { type IdentityTables, type Role, roles, type Scope, scopes } from '../api/identity/tables.ts'
import { makeTestApp } from '../api/testing.ts'
import { readConfig } from '../platform/config.ts'
import { openDatabase } from '../platform/database.ts'
import { forgedTokens } from './support/forged-tokens.ts'
import { callRoute, declared, type OpenApi, type Route, routesOf, table, verdictOf } from './support/routes.ts'
import { newProduct, type Person, register, signInAdmin } from './support/shop.ts'

const apiUrl = inject('apiUrl')
const config = readConfig(inject('systemEnv'))
const identity = openDatabase<IdentityTables>(config, 'identity', 2)
const issuer = config.AUTH_TOKEN_ISSUER
const audience = config.AUTH_TOKEN_AUDIENCE
const tokens = makeAccessTokens({ issuer, audience, keys: () => loadSigningKeys(identity) })

let routes: readonly Route[]
beforeAll(async () => {
  routes = routesOf((await (await fetch(`${apiUrl}/openapi.json`)).json()) as OpenApi)
})
afterAll(() => identity.destroy())

async function personWith(role: Role): Promise<Principal> {
  const account = { email: `${randomUUID()}@access.test`, password: `pass-${randomUUID()}`, name: role, role }
  const { id = '' } = (await createAccount(identity, account)) ?? {}
  return { id, role }
}

async function program(...granted: readonly Scope[]): Promise<Principal> {
  const { id } = await createServiceAccount(identity, { name: 'access test', scopes: granted }, randomUUID())
  return { id, role: 'program', scopes: granted }
}

/** Calls every route and shows those that answer otherwise than they should: route, caller, expected, got. */
async function wrongAnswers(
  called: readonly Route[],
  as: string,
  token: string | undefined,
  should: (route: Route) => string,
): Promise<readonly (readonly string[])[]> {
  const wrong: string[][] = []
  for (const route of called) {
    const answer = await callRoute(apiUrl, route, { token, id: randomUUID() })
    if (verdictOf(answer) !== should(route)) wrong.push([route.name, as, should(route), answer])
  }
  return wrong
}

const nothingWrong = (wrong: readonly (readonly string[])[]): void => expect(`\n${table(wrong)}`).toBe('\n')

describe('the declarations', () => {
  it('are there for every route of the API', async () => {
    const { app } = await makeTestApp()
    const served = app.routes.filter(({ method, path }) => method !== 'ALL' && /^\/(v1|codec)\//.test(path))
    const names = served.map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`)
    const declaredNames = routes.map(({ name }) => name)
    expect(names.filter((name) => !declaredNames.includes(name))).toEqual([])
    expect(routes.length).toBeGreaterThan(40)
  })

  it('are what was agreed on: `vitest -u` writes the file anew, and its review is the agreement', async () => {
    const golden = Object.fromEntries(
      routes
        .toSorted((a, b) => (a.path === b.path ? (a.name < b.name ? -1 : 1) : a.path < b.path ? -1 : 1))
        .map((route) => [route.name, `${route.roles.join(' ')}; ${route.scopes.join(' ')}`.replace(/; $/, '')]),
    )
    await expect(`${JSON.stringify(golden, null, 2)}\n`).toMatchFileSnapshot('access.golden.json')
  })
})

describe('every route does as it declares', () => {
  it('for somebody who is not signed in', async () => {
    nothingWrong(await wrongAnswers(routes, 'nobody', undefined, (route) => declared(route, undefined)))
  })

  it.each(roles)('for the role %s', async (role) => {
    const who = await personWith(role)
    nothingWrong(await wrongAnswers(routes, role, await tokens.sign(who), (route) => declared(route, who)))
  })

  it.each(scopes)('for a program with the scope %s', async (scope) => {
    const who = await program(scope)
    nothingWrong(await wrongAnswers(routes, scope, await tokens.sign(who), (route) => declared(route, who)))
  })

  it('for a program without a scope, or with one that there is not', async () => {
    const none = await program()
    const odd = { ...none, scopes: ['everything' as Scope] }
    nothingWrong(await wrongAnswers(routes, 'odd', await tokens.sign(odd), (route) => declared(route, none)))
  })
})

describe('a token that is not good opens nothing', () => {
  it('however it was made', async () => {
    const admin = await personWith('admin')
    const good = await tokens.sign(await personWith('customer'))
    const keys = await loadSigningKeys(identity)
    const locked = routes.filter(({ isOpen }) => !isOpen)
    const wrong: (readonly string[])[] = []
    for (const [name, token] of await forgedTokens({ issuer, audience, keys, good, admin: admin.id })) {
      wrong.push(...(await wrongAnswers(locked, name, token, () => '401 unauthenticated')))
    }
    nothingWrong(wrong)
  })

  it('nor does one of staff who are none any more', async () => {
    const customer = await personWith('customer')
    const token = await tokens.sign({ id: customer.id, role: 'admin' })
    const locked = routes.filter(({ isOpen }) => !isOpen)
    nothingWrong(await wrongAnswers(locked, 'former admin', token, () => '401 unauthenticated'))
  })
})

describe('what belongs to one customer', () => {
  let owner: Person
  let stranger: Person
  let orderId: string
  const own = () =>
    routes.filter(({ path, roles: who }) => path.startsWith('/v1/orders/{id}') && who.includes('customer'))

  beforeAll(async () => {
    const sku = await newProduct(await signInAdmin(apiUrl), 5)
    owner = await register(apiUrl)
    stranger = await register(apiUrl)
    orderId = (await owner.place({ sku })).body.id
    await owner.until(orderId, 'delivered')
  })

  it('is not there for another, by reading or by acting', async () => {
    const wrong: string[][] = []
    for (const route of own()) {
      const answer = await callRoute(apiUrl, route, { token: stranger.token, id: orderId, body: route.example })
      if (answer !== '404 not_found') wrong.push([route.name, 'another customer', '404 not_found', answer])
    }
    expect(own().length).toBeGreaterThan(8)
    nothingWrong(wrong)
    const { body } = await stranger.call<{ items: readonly unknown[] }>('GET', '/v1/orders')
    expect(body.items).toEqual([])
    const erased = await stranger.call('DELETE', `/v1/customers/${owner.id}`)
    expect(erased.status).toBe(404)
  })

  it('is there for its owner', async () => {
    const wrong: string[][] = []
    for (const route of own().filter(({ method, path }) => method === 'GET' && !path.includes('{number}'))) {
      const answer = await callRoute(apiUrl, route, { token: owner.token, id: orderId })
      if (answer !== '200') wrong.push([route.name, 'owner', '200', answer])
    }
    nothingWrong(wrong)
  })
})
