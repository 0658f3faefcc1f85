import type { System } from '../stack/system.ts'
import type { Follower } from './follower.ts'

/** One order's way, in milliseconds since it was sent off. */
export type Journey = {
  readonly id: string
  readonly accepted: number
  readonly confirmed: number
  /** Until it was where its parcel is left to go: confirmed, or delivered. */
  readonly over: Promise<number>
}

/** How far orders go: with `confirmed` their parcels stay where they are. */
export type Until = 'confirmed' | 'delivered'

export type Seller = { readonly system: System; readonly follower: Follower; readonly until: Until }

export type Shop = {
  /** Places an order. @returns what follows it until it is confirmed. */
  readonly place: () => Promise<() => Promise<Journey>>
  /** Places an order and follows it until it is confirmed. */
  readonly order: () => Promise<Journey>
}

const skus = ['MUG-CLASSIC', 'CAP-NAVY', 'PEN-GEL-05', 'LAMP-DESK', 'BOTTLE-STEEL', 'TOTE-NATURAL']
const shippingAddress = { name: 'Ada Example', line1: 'Street 1', city: 'Berlin', postalCode: '10115', country: 'DE' }

/** A customer's program: HTTP to the API, and the topic to see what became of it. */
export async function openShop({ system: { apiUrl }, follower, until }: Seller, sku?: string): Promise<Shop> {
  const post = async (path: string, body: unknown, headers: Readonly<Record<string, string>> = {}) => {
    const response = await fetch(`${apiUrl}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    })
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
    return (await response.json()) as Readonly<Record<string, string>>
  }
  const login = { email: 'customer@demo.test', password: 'customer-demo-1' }
  const { accessToken } = await post('/v1/auth/login', login)
  let count = 0
  const place = async () => {
    count += 1
    const lines = [{ sku: sku ?? skus[count % skus.length], quantity: 1 }]
    const begun = performance.now()
    const order = { lines, shippingAddress, paymentMethod: 'pm_card_visa' }
    const { id = '' } = await post('/v1/orders', order, { authorization: `Bearer ${accessToken}` })
    const accepted = performance.now() - begun
    return async () => {
      const confirmed = (await follower.until(id, 'order.confirmed')) - begun
      return { id, accepted, confirmed, over: follower.until(id, `order.${until}`).then((at) => at - begun) }
    }
  }
  return { place, order: async () => (await place())() }
}

/** Keeps this many orders on their way to confirmed, until `count` were placed. */
export const inFlight = ({ order }: Shop, lanes: number, count: number): Promise<readonly Journey[]> =>
  sideBySide(order, lanes, count)

/** Keeps this many requests on their way, until `count` orders were placed. @returns accepted per second. */
export async function acceptance({ place }: Shop, lanes: number, count: number): Promise<number> {
  const begun = performance.now()
  const placed = await sideBySide(place, lanes, count)
  const perSecond = (count * 1000) / (performance.now() - begun)
  for (const journey of placed) await (await journey()).over
  return perSecond
}

async function sideBySide<T>(work: () => Promise<T>, lanes: number, count: number): Promise<readonly T[]> {
  let left = count
  const done: T[] = []
  const lane = async () => {
    while (left > 0) {
      left -= 1
      done.push(await work())
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane))
  return done
}

/** Places orders at this rate, whatever becomes of the earlier ones. */
export async function steadily(shop: Shop, perSecond: number, seconds: number): Promise<readonly Journey[]> {
  const begun = performance.now()
  const orders: Promise<Journey>[] = []
  for (let index = 0; index < perSecond * seconds; index += 1) {
    orders.push(shop.order())
    await new Promise((resolve) => setTimeout(resolve, begun + ((index + 1) * 1000) / perSecond - performance.now()))
  }
  return Promise.all(orders)
}
