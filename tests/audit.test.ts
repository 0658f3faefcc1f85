import { beforeAll, describe, expect, inject, it, vi } from 'vitest'
import { newProduct, type Person, register, signInAdmin } from './support/shop.ts'

const apiUrl = inject('apiUrl')
let admin: Person
let customer: Person
let sku: string
beforeAll(async () => {
  admin = await signInAdmin(apiUrl)
  customer = await register(apiUrl)
  sku = await newProduct(admin, 5)
})

type Line = {
  readonly id: string
  readonly action: string
  readonly actor: { readonly kind: string; readonly id: string }
  readonly target: string
  readonly outcome: string
  readonly detail: Readonly<Record<string, unknown>>
  readonly requestId: string
}
type Page = { readonly items: readonly Line[]; readonly nextCursor: string | null }

const adjust = 'POST /v1/products/:sku/stock-adjustments'
const list = async (filter: Readonly<Record<string, string>>): Promise<Page> => {
  const { status, body } = await admin.call<Page>('GET', `/v1/admin/audit?${new URLSearchParams(filter).toString()}`)
  expect(status).toBe(200)
  return body
}

describe('the audit log', () => {
  it('has what staff did: who, what, to what, and the request it came with', async () => {
    const done = await admin.call('POST', `/v1/products/${sku}/stock-adjustments`, { delta: 2, reason: 'counted' })
    const { items } = await list({ action: adjust, target: sku })
    expect(items).toHaveLength(2) // the test's own, and the one the product began with
    expect(items[0]).toMatchObject({
      actor: { kind: 'admin', id: admin.id },
      outcome: 'done',
      detail: { status: 201 },
      requestId: done.headers.get('x-request-id'),
    })
  })

  it('has what was refused: to staff by a rule, to a customer by their role', async () => {
    const path = `/v1/products/${sku}/stock-adjustments`
    const tooMuch = await admin.call('POST', path, { delta: -1000, reason: 'gone' })
    const forbidden = await customer.call('POST', path, { delta: 1, reason: 'mine' })
    expect([tooMuch.status, forbidden.status]).toEqual([409, 403])
    const { items } = await list({ outcome: 'refused', target: sku })
    expect(items.map(({ actor, detail }) => [actor.kind, detail['status']])).toEqual([
      ['customer', 403],
      ['admin', 409],
    ])
  })

  it('has nothing of what staff and customers read, or of what customers do with their own', async () => {
    await customer.call('GET', `/v1/products/${sku}`)
    const placed = await customer.place({ sku })
    await admin.call('GET', `/v1/orders/${placed.body.id}`)
    expect((await list({ target: placed.body.id })).items).toEqual([])
  })

  it('is read newest first, page by page, each line once', async () => {
    const seen: Line[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const page: Page = await list({ target: sku, limit: '1', ...(cursor !== '' && { cursor }) })
      seen.push(...page.items)
      cursor = page.nextCursor
    }
    const whole = (await list({ target: sku, limit: '100' })).items
    expect(seen).toEqual(whole)
    expect(seen.length).toBeGreaterThan(3)
    expect(seen.map(({ id }) => BigInt(id))).toEqual(
      seen.map(({ id }) => BigInt(id)).toSorted((a, b) => (a > b ? -1 : 1)),
    )
  })

  it('is not for customers, and who tries stands in it', async () => {
    const refused = await customer.call('GET', '/v1/admin/audit')
    expect(refused.status).toBe(403)
    await vi.waitFor(async () =>
      expect((await list({ actorId: customer.id, action: 'GET /v1/admin/audit' })).items).toHaveLength(1),
    )
  })

  it('says which filter it does not know', async () => {
    expect((await admin.call('GET', '/v1/admin/audit?outcome=maybe')).status).toBe(422)
    expect((await admin.call('GET', '/v1/admin/audit?cursor=x')).status).toBe(422)
  })
})
