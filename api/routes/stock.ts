import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { skuPattern } from '../../domain/ids.ts'
import { listLedger } from '../../workers/stock/ledger.ts'
import { listQueue } from '../../workers/stock/waiting-list.ts'
import { findStock, listStock } from '../../workers/stock/stock-list.ts'
import { stockKeeper } from '../access.ts'
import { decodeCursor, encodeCursor, isNumber, pageOf } from '../cursor.ts'
import type { Deps } from '../deps.ts'
import type { Env } from '../env.ts'
import { cursorField, limitField, nextCursor, time } from '../fields.ts'
import { json, problems, locked } from '../openapi.ts'
import { notFound } from '../problem.ts'

const item = z
  .object({
    sku: z.string(),
    name: z.string(),
    onHand: z.int(),
    reserved: z.int(),
    available: z.int(),
    backordered: z.int().openapi({ description: 'What waiting orders want, in sum' }),
    lowStockThreshold: z.int().openapi({ description: 'Available below it is low; 0 is never' }),
    low: z.boolean(),
  })
  .openapi('StockItem')

const entry = z
  .object({
    version: z.int(),
    kind: z.enum(['adjusted', 'reserved', 'released', 'committed', 'returned']),
    availableDelta: z.int(),
    reservedDelta: z.int(),
    available: z.int(),
    reserved: z.int(),
    onHand: z.int(),
    cause: z.string().openapi({ description: '`<orderId>:<step>:<action>:<round>`, or `adjustment:<id>`' }),
    actor: z.string().openapi({ description: 'Account id of the admin, or `system`' }),
    reason: z.string().nullable(),
    low: z.boolean().openapi({ description: 'Available fell under the threshold with it' }),
    occurredAt: time,
  })
  .openapi('StockLedgerEntry')

const queued = z
  .object({
    place: z.int().openapi({ description: 'In the order in which they came; not counted from 1' }),
    orderId: z.string(),
    quantity: z.int(),
    since: time,
  })
  .openapi('QueuedLine')

const tags = ['Stock']

const list = createRoute({
  method: 'get',
  path: '/v1/admin/stock',
  summary: 'Levels of the products that are sold, by SKU',
  tags,
  ...stockKeeper,
  request: {
    query: z.strictObject({
      low: z.enum(['true', 'false']).optional().openapi({ description: '`true`: only what is low' }),
      limit: limitField,
      cursor: cursorField,
    }),
  },
  responses: {
    200: json(z.object({ items: z.array(item).readonly(), nextCursor }), 'A page of levels'),
    ...problems(...locked, 'validation_failed'),
  },
})

const ledger = createRoute({
  method: 'get',
  path: '/v1/admin/products/{sku}/stock-ledger',
  summary: 'Every change of a product’s level, newest first',
  tags,
  ...stockKeeper,
  request: {
    params: z.object({ sku: z.string().openapi({ example: 'MUG-CLASSIC' }) }),
    query: z.strictObject({ limit: limitField, cursor: cursorField }),
  },
  responses: {
    200: json(z.object({ items: z.array(entry).readonly(), nextCursor }), 'A page of the ledger'),
    ...problems(...locked, 'not_found', 'validation_failed'),
  },
})

const queue = createRoute({
  method: 'get',
  path: '/v1/admin/products/{sku}/backorders',
  summary: 'Orders that wait for a product, whose turn is first on top',
  tags,
  ...stockKeeper,
  request: {
    params: z.object({ sku: z.string().openapi({ example: 'MUG-CLASSIC' }) }),
    query: z.strictObject({ limit: limitField, cursor: cursorField }),
  },
  responses: {
    200: json(z.object({ items: z.array(queued).readonly(), nextCursor }), 'A page of the queue'),
    ...problems(...locked, 'not_found', 'validation_failed'),
  },
})

export function stockRoutes({ stock }: Pick<Deps, 'stock'>) {
  return new OpenAPIHono<Env>()
    .openapi(list, async (c) => {
      const { low, limit = 20, cursor } = c.req.valid('query')
      const [after] = cursor === undefined ? [] : decodeCursor(cursor, [(sku) => skuPattern.test(sku)])
      const rows = await listStock(stock, { lowOnly: low === 'true', limit: limit + 1, after })
      const page = pageOf(rows, limit, ({ sku }) => encodeCursor(sku))
      return c.json({ items: page.rows, nextCursor: page.nextCursor }, 200)
    })
    .openapi(ledger, async (c) => {
      const { sku } = c.req.valid('param')
      const { limit = 20, cursor } = c.req.valid('query')
      const [before] = cursor === undefined ? [] : decodeCursor(cursor, [(version) => /^\d{1,15}$/.test(version)])
      const rows = await listLedger(stock, sku, limit + 1, before === undefined ? undefined : Number(before))
      if (rows.length === 0 && (await findStock(stock, sku)) === undefined) throw notFound('product')
      const page = pageOf(rows, limit, ({ version }) => encodeCursor(String(version)))
      return c.json({ items: page.rows, nextCursor: page.nextCursor }, 200)
    })
    .openapi(queue, async (c) => {
      const { sku } = c.req.valid('param')
      const { limit = 20, cursor } = c.req.valid('query')
      const [after] = cursor === undefined ? [] : decodeCursor(cursor, [isNumber])
      const rows = await listQueue(stock, sku, limit + 1, after === undefined ? undefined : Number(after))
      if (rows.length === 0 && (await findStock(stock, sku)) === undefined) throw notFound('product')
      const page = pageOf(rows, limit, ({ place }) => encodeCursor(String(place)))
      return c.json({ items: page.rows, nextCursor: page.nextCursor }, 200)
    })
}
