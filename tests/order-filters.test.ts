import { beforeAll, describe, expect, inject, it } from 'vitest'
import { newProduct, orderRequest, type Person, register, signInAdmin } from './support/shop.ts'

const apiUrl = inject('apiUrl')
let admin: Person
let customer: Person
let [mug, cap] = ['', '']
beforeAll(async () => {
  admin = await signInAdmin(apiUrl)
  customer = await register(apiUrl)
  mug = await newProduct(admin, 500)
  cap = await newProduct(admin, 500)
})

type Item = { readonly id: string; readonly placedAt: string; readonly version: number }
type Page = { readonly items: readonly Item[]; readonly nextCursor: string | null }

async function list(person: Person, query: Readonly<Record<string, string>>): Promise<Page> {
  const { status, body } = await person.call<Page>('GET', `/v1/orders?${new URLSearchParams(query).toString()}`)
  expect([query, status]).toEqual([query, 200])
  return body
}
const idsOf = async (person: Person, query: Readonly<Record<string, string>>) =>
  (await list(person, { limit: '100', ...query })).items.map(({ id }) => id)

async function place(person: Person, ...skus: readonly string[]): Promise<string> {
  const lines = skus.map((sku) => ({ sku, quantity: 1 }))
  const placed = await person.call<Item>('POST', '/v1/orders', { ...orderRequest({ sku: mug }), lines })
  expect(placed.status).toBe(201)
  await person.until(placed.body.id, 'delivered')
  return placed.body.id
}

describe('orders are found', () => {
  it('by product, whichever line it is in, one’s own and all', async () => {
    const [onlyMug, both] = [await place(customer, mug), await place(customer, mug, cap)]
    const stranger = await register(apiUrl)
    const theirs = await place(stranger, cap)
    expect(await idsOf(customer, { sku: mug })).toEqual([both, onlyMug])
    expect(await idsOf(customer, { sku: cap })).toEqual([both])
    expect(await idsOf(admin, { sku: cap })).toEqual([theirs, both])
    expect(await idsOf(admin, { sku: cap, customerId: stranger.id, status: 'delivered' })).toEqual([theirs])
    expect(await idsOf(admin, { sku: cap, status: 'failing' })).toEqual([])
  })

  it('by when they were placed: from a moment, and before another', async () => {
    const [first, second] = [await place(customer, cap), await place(customer, cap)]
    const { placedAt } = (await list(customer, {})).items[0] ?? { placedAt: '' }
    expect((await idsOf(customer, { placedFrom: placedAt }))[0]).toBe(second)
    const before = await idsOf(customer, { placedTo: placedAt })
    expect([before[0], before.includes(second)]).toEqual([first, false])
    expect(await idsOf(customer, { placedFrom: '9999-12-31T23:59:59-14:00' })).toEqual([])
  })

  it('by the beginning of their id, and by staff of the customer’s id or the name on the parcel', async () => {
    const ada = await register(apiUrl)
    const id = await place(ada, cap)
    const beginning = id.slice(0, 13)
    expect(await idsOf(ada, { q: beginning.toUpperCase() })).toEqual([id])
    expect(await idsOf(admin, { q: beginning, sku: cap })).toEqual([id])
    expect(await idsOf(customer, { q: beginning })).toEqual([])
    expect(await idsOf(ada, { q: ada.id })).toEqual([])
    expect(await idsOf(admin, { q: ada.id.slice(0, 18) })).toEqual([id])
    const name = `Zoë ${ada.id}`
    const request = orderRequest({ sku: cap })
    const sent = { ...request, shippingAddress: { ...request.shippingAddress, name } }
    const named = (await ada.call<Item>('POST', '/v1/orders', sent)).body.id
    await ada.until(named, 'delivered')
    expect(await idsOf(admin, { q: name.toLowerCase().slice(0, 30) })).toEqual([named])
    expect(await idsOf(ada, { q: name })).toEqual([])
    expect(await idsOf(admin, { q: '%%%' })).toEqual([])
  })
})

it('pages are whole while orders arrive: none comes twice, none that was there is lost', async () => {
  const there: string[] = []
  while (there.length < 7) there.push((await customer.place({ sku: mug })).body.id)
  for (const id of there) await customer.until(id, 'delivered')
  for (const query of [{}, { sku: mug }] as const) {
    const seen: string[] = []
    let cursor: string | null | undefined
    while (cursor !== null) {
      const page = await list(customer, { ...query, limit: '2', ...(cursor && { cursor }) })
      seen.push(...page.items.map(({ id }) => id))
      cursor = page.nextCursor
      if (seen.length < 8) expect((await customer.place({ sku: mug })).status).toBe(201)
    }
    expect(new Set(seen).size).toBe(seen.length)
    expect(there.filter((id) => !seen.includes(id))).toEqual([])
  }
})
