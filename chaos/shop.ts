import { randomUUID } from 'node:crypto'
import { type Client, makeClient } from '../client/index.ts'
import { isProblem } from '../client/problem.ts'
import type { Fetch } from '../client/send.ts'
import { plenty, short } from './kinds.ts'

type Login = { readonly email: string; readonly password: string }

export const signedIn = (baseUrl: string, credentials: Login, fetch?: Fetch): Client =>
  makeClient({ baseUrl, credentials, ...(fetch && { fetch }) })

/** Whoever says "not now" has to say when. */
export const watchful =
  (unexpected: string[]): Fetch =>
  async (input, init) => {
    const response = await fetch(input, init)
    if (response.status === 503 && !response.headers.has('Retry-After')) unexpected.push('503 without Retry-After')
    return response
  }

/** One customer of its own: what it finds among its orders, this run has placed. */
export async function register(baseUrl: string): Promise<Login> {
  const login = { email: `${randomUUID()}@chaos.test`, password: `pass-${randomUUID()}` }
  const { api } = makeClient({ baseUrl, token: '' })
  await api.v1.auth.register.$post({ json: { ...login, name: 'Ada Example' } })
  return login
}

/** So many are left to be sold, whatever one run sells. */
const shelves = [
  [plenty, 1_000_000],
  [short, 1],
] as const

/** Sells what the orders ask for; fills up what was sold before. */
export async function fillShelves({ api }: Pick<Client, 'api'>): Promise<void> {
  for (const [sku, wanted] of shelves) {
    const product = { name: sku, description: 'For the chaos runner', price: { amountMinor: 1_000, currency: 'EUR' } }
    await api.v1.products.$post({ json: { sku, ...product } }).catch(async (error: unknown) => {
      // of a run before
      if (!isProblem(error, 'sku_taken')) throw error
      await api.v1.products[':sku'].$patch({ param: { sku }, json: { archived: false } })
    })
    const { available } = await (await api.v1.products[':sku'].$get({ param: { sku } })).json()
    const json = { delta: wanted - available, reason: 'filled' }
    if (json.delta > 0) await api.v1.products[':sku']['stock-adjustments'].$post({ param: { sku }, json })
  }
}

/** Takes them out of the shop again. */
export async function clearShelves({ api }: Pick<Client, 'api'>): Promise<void> {
  for (const [sku] of shelves) await api.v1.products[':sku'].$patch({ param: { sku }, json: { archived: true } })
}
