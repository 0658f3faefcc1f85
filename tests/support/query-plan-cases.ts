import { isOver } from '../../domain/order.ts'
import { limit } from './query-plan.ts'
import { newestAt, orderRow, rare, regular, waits } from './query-plan-rows.ts'

/** The orders of the shop, newest first, and what is looked for among them. */
export const filled = Array.from({ length: 20_000 }, (_, age) => orderRow(age))
export const stuck = filled.filter((row) => row.needs_attention === 1).length
export const middle = filled[10_000] ?? orderRow(10_000)
export const after = { placedAt: middle.placed_at, id: middle.id }

/** Every filter with every other, for customers and staff, on the first page and deep down. */
export const lists = [undefined, after].flatMap((position) =>
  [undefined, true, false].flatMap((needsAttention) =>
    [undefined, ...(['delivered', 'failing', 'processing'] as const)].flatMap((status) => {
      const filter = { status, needsAttention, after: position, limit }
      return [
        { visible: { of: regular }, filter },
        ...[undefined, regular, rare].map((customerId) => ({
          visible: 'all' as const,
          filter: { ...filter, customerId },
        })),
      ]
    }),
  ),
)

/** By product and by time, alone and with the others. */
const week = { placedFrom: new Date(newestAt - 15_000_000), placedTo: new Date(newestAt - 9_000_000) }
export const searches = [undefined, after].flatMap((position) =>
  ['COMMON', 'SELDOM'].flatMap((sku) =>
    [{}, week, { status: 'delivered' as const }, { status: 'processing' as const }, { needsAttention: true }].flatMap(
      (more) => [
        { visible: 'all' as const, filter: { sku, ...more, after: position, limit } },
        { visible: { of: regular }, filter: { sku, ...more, after: position, limit } },
      ],
    ),
  ),
)
export const times = [undefined, after].flatMap((position) =>
  [{}, { status: 'delivered' as const }, { customerId: regular }].map((more) => ({
    visible: 'all' as const,
    filter: { ...week, ...more, after: position, limit },
  })),
)
/** Orders that the events of a figure are told of: those of the time are looked through, each with its events. */
export const behind = [undefined, after].flatMap((position) =>
  [{ told: 'order.stock_reserved' }, { told: 'order.confirmed' }, { undoneFor: 'payment:card_declined' }].map(
    (more) => ({
      filter: { ...week, ...more, after: position, limit },
      // the time has 6,000 orders; all of them have been told of the first
      more: 'told' in more && more.told === 'order.stock_reserved' ? 4 * limit : 6_000 * 6,
    }),
  ),
)
/** Those that wait are few, and looked through for whom they wait. */
export const waiting = filled.filter(({ status }, age) => waits(age) && !isOver(status)).length
export const deepSince = { since: filled[1500]?.placed_at ?? new Date(), id: filled[1500]?.id ?? '' }
export const waitings = [undefined, deepSince].flatMap((position) =>
  [{}, { waitingFor: 'payment' }, { status: 'delivered' as const }, { needsAttention: true }].map((more) => ({
    filter: { waitingSince: new Date(newestAt - 60_000), ...more, after: position, limit },
    more: Object.keys(more).length > 0 ? 2 * waiting : 0,
  })),
)

/** Half of them wait for a person; some orders have several. */
export const letters = Array.from({ length: 3 * limit }, (_, n) => ({
  id: `stock:0:${n}`,
  consumer_group: 'stock' as const,
  topic: 'orders',
  partition_number: 0,
  message_offset: n,
  order_id: n % 3 === 0 ? middle.id : (filled[n]?.id ?? null),
  redrives: 0,
  attempts: 1,
  cause: 'test',
  message: '',
  first_seen: middle.placed_at,
  failed_at: middle.placed_at,
  headers: '[]',
  state: n % 2 === 0 ? ('open' as const) : ('discarded' as const),
}))

export const skus = Array.from({ length: 4_000 }, (_, n) => `TEST-${String(n).padStart(5, '0')}`)
export const [archived = '', sold = ''] = [skus[9], skus.at(-50)]
/** The first half of the catalogue, by SKU, is archived. */
export const products = skus.map((sku, n) => ({
  sku,
  name: sku,
  description: '',
  price_minor: 1_000,
  currency: 'EUR',
  archived: n < skus.length / 2 ? 1 : 0,
}))
