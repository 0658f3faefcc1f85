import { isOver, type Order } from '../client/contract.ts'
import type { Placed } from './load.ts'
import { until } from './until.ts'
import type { World } from './world.ts'

/** What became of one order. */
export type Outcome = {
  readonly kind: string
  readonly id: string
  readonly from: number
  /** Infinity: it has not ended. */
  readonly to: number
  readonly fault: 'lost' | 'doubled' | 'wronglyEnded' | undefined
  /** How it stands: the status, and why it failed. */
  readonly is: string
}

/** Waits until every order is over, as far as they get there at all. */
export async function quiesce(
  world: Pick<World, 'customer' | 'load' | 'report'>,
  withinMs: number,
): Promise<readonly Order[]> {
  let orders: readonly Order[] = []
  const look = async () => {
    orders = await ordersOf(world).catch(() => orders) // still recovering
    const over = new Set(orders.filter(({ status }) => isOver(status)).map(({ id }) => id))
    return world.load.placed.every(({ ids }) => ids.every((id) => over.has(id)))
  }
  // what is not over by then is told as lost
  await until('every order is over', look, { withinMs, everyMs: 2_000 }).catch((error: unknown) =>
    world.report(String(error)),
  )
  return orders
}

/** What the customer finds among its orders, page by page. */
export async function ordersOf({ customer }: Pick<World, 'customer'>): Promise<readonly Order[]> {
  const orders: Order[] = []
  let cursor: string | undefined
  do {
    const query = { limit: '100', ...(cursor !== undefined && { cursor }) }
    const page = await (await customer.api.v1.orders.$get({ query })).json()
    orders.push(...page.items)
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined)
  return orders
}

/** Each order that was placed, and each that nobody placed: there was a second one for its key. */
export function judge(placed: readonly Placed[], orders: readonly Order[]): readonly Outcome[] {
  const found = new Map(orders.map((order) => [order.id, order]))
  const known = new Set(placed.flatMap(({ ids }) => ids))
  const own = placed.map(({ kind, ids, askedAt: from }): Outcome => {
    const [id = ''] = ids
    const order = found.get(id)
    const ended = order !== undefined && isOver(order.status)
    const to = ended ? Date.parse(order.updatedAt) : Infinity
    const wrong = ended && !kind.ends.includes(order.status) ? 'wronglyEnded' : undefined
    const fault = ids.length > 1 ? 'doubled' : ended ? wrong : 'lost'
    return { kind: kind.name, id, from, to, fault, is: describe(order) }
  })
  const others = orders.filter(({ id }) => !known.has(id))
  return [
    ...own,
    ...others.map((order): Outcome => {
      const from = Date.parse(order.placedAt)
      return { kind: 'unknown', id: order.id, from, to: Infinity, fault: 'doubled', is: describe(order) }
    }),
  ]
}

const describe = (order: Order | undefined): string =>
  order === undefined
    ? 'unknown to readers'
    : [order.status, order.needsAttention ? 'needs attention' : '', order.failure?.step, order.failure?.code]
        .filter(Boolean)
        .join(', ')
