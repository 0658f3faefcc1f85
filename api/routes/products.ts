import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { skuPattern } from '../../domain/ids.ts'
import { adjustStock } from '../../workers/stock/adjustments.ts'
import { changeProduct, createProduct, findProduct, listProducts } from '../../workers/stock/catalogue.ts'
import { findStock } from '../../workers/stock/stock-list.ts'
import { stockKeeper, anyone } from '../access.ts'
import { decodeCursor, encodeCursor, pageOf } from '../cursor.ts'
import type { Deps } from '../deps.ts'
import type { Env } from '../env.ts'
import { cursorField, limitField, moneySchema, nextCursor, price, prose, skuField, text } from '../fields.ts'
import { badBody, body, json, problems, locked } from '../openapi.ts'
import { notFound, ProblemError } from '../problem.ts'

const product = z
  .object({ sku: z.string(), name: z.string(), description: z.string(), price: moneySchema, available: z.int() })
  .openapi('Product')

const lowStockThreshold = z
  .int()
  .min(0)
  .max(1_000_000_000)
  .openapi({ description: 'With less than that available, stock is low and staff are told; 0 is never' })

/** Staff see more of a product than those who buy it. */
const ownProduct = product.extend({ lowStockThreshold: z.int() }).openapi('OwnProduct')

const newProduct = z
  .strictObject({
    sku: skuField,
    name: text(200),
    description: prose(5000),
    price,
    lowStockThreshold: lowStockThreshold.optional(),
  })
  .openapi('NewProduct', {
    example: {
      sku: 'MUG-TRAVEL',
      name: 'Travel mug',
      description: 'Keeps warm for six hours.',
      price: { amountMinor: 2490, currency: 'EUR' },
    },
  })

const productChange = z
  .strictObject({
    name: text(200).optional(),
    description: prose(5000).optional(),
    price: price.optional(),
    lowStockThreshold: lowStockThreshold.optional(),
    archived: z.boolean().optional().openapi({ description: 'Archived products are neither listed nor sold' }),
  })
  .refine((change) => Object.values(change).some((value) => value !== undefined), {
    message: 'Has to change something',
    params: { code: 'empty' },
  })
  .openapi('ProductChange', { example: { price: { amountMinor: 1390, currency: 'EUR' } } })

const adjustment = z
  .strictObject({
    delta: z
      .int()
      .min(-1_000_000)
      .max(1_000_000)
      .refine((delta) => delta !== 0, { message: 'Has to be another number than 0', params: { code: 'zero' } }),
    reason: text(500),
  })
  .openapi('StockAdjustment', { example: { delta: 100, reason: 'Delivery 4711' } })

const level = z
  .object({ sku: z.string(), onHand: z.int(), reserved: z.int(), available: z.int() })
  .openapi('StockLevel')

const params = z.object({ sku: z.string().openapi({ example: 'MUG-CLASSIC' }) })
const tags = ['Products']

const list = createRoute({
  method: 'get',
  path: '/v1/products',
  summary: 'Products that are sold, by SKU',
  tags,
  ...anyone,
  request: { query: z.strictObject({ limit: limitField, cursor: cursorField }) },
  responses: {
    200: json(z.object({ items: z.array(product).readonly(), nextCursor }), 'A page of products'),
    ...problems('validation_failed'),
  },
})

const get = createRoute({
  method: 'get',
  path: '/v1/products/{sku}',
  summary: 'One product',
  tags,
  ...anyone,
  request: { params },
  responses: { 200: json(product, 'The product'), ...problems('not_found') },
})

const create = createRoute({
  method: 'post',
  path: '/v1/products',
  summary: 'Create a product, with nothing in stock',
  tags,
  ...stockKeeper,
  request: body(newProduct),
  responses: {
    201: json(ownProduct, 'Created; see `Location`', 'Location'),
    ...problems(...locked, ...badBody, 'sku_taken'),
  },
})

const change = createRoute({
  method: 'patch',
  path: '/v1/products/{sku}',
  summary: 'Change or archive a product',
  description: 'Orders that were placed keep the name and price they were placed with.',
  tags,
  ...stockKeeper,
  request: { params, ...body(productChange) },
  responses: { 200: json(ownProduct, 'As it is now'), ...problems(...locked, ...badBody, 'not_found') },
})

const adjust = createRoute({
  method: 'post',
  path: '/v1/products/{sku}/stock-adjustments',
  summary: 'Change what is on hand',
  tags,
  ...stockKeeper,
  request: { params, ...body(adjustment) },
  responses: {
    201: json(level, 'The level as it is now'),
    ...problems(...locked, ...badBody, 'not_found', 'stock_below_reserved', 'stock_too_high'),
  },
})

export function productRoutes({ stock }: Pick<Deps, 'stock'>) {
  return new OpenAPIHono<Env>()
    .openapi(list, async (c) => {
      const { limit = 20, cursor } = c.req.valid('query')
      const [after] = cursor === undefined ? [] : decodeCursor(cursor, [(sku) => skuPattern.test(sku)])
      const { rows, ...page } = pageOf(await listProducts(stock, limit + 1, after), limit, ({ sku }) =>
        encodeCursor(sku),
      )
      return c.json({ items: rows, ...page }, 200)
    })
    .openapi(get, async (c) => {
      const found = await findProduct(stock, c.req.valid('param').sku)
      if (found === undefined) throw notFound('product')
      return c.json(found, 200)
    })
    .openapi(create, async (c) => {
      const given = c.req.valid('json')
      if (!(await createProduct(stock, given))) {
        throw new ProblemError('sku_taken', 'Take another SKU, or change that product.')
      }
      const made = { ...given, available: 0, lowStockThreshold: given.lowStockThreshold ?? 0 }
      return c.json(made, 201, { Location: `/v1/products/${given.sku}` })
    })
    .openapi(change, async (c) => {
      const { sku } = c.req.valid('param')
      const changed = (await changeProduct(stock, sku, c.req.valid('json'))) && (await findProduct(stock, sku, true))
      const level = changed && (await findStock(stock, sku))
      if (!changed || !level) throw notFound('product')
      return c.json({ ...changed, lowStockThreshold: level.lowStockThreshold }, 200)
    })
    .openapi(adjust, async (c) => {
      const { sku } = c.req.valid('param')
      const adjusted = await adjustStock(stock, { sku, ...c.req.valid('json'), actor: c.var.principal.id })
      switch (adjusted.kind) {
        case 'adjusted':
          return c.json(adjusted.level, 201)
        case 'unknownProduct':
          throw notFound('product')
        case 'belowReserved':
          throw new ProblemError('stock_below_reserved', 'What is reserved for orders has to stay on hand.')
        case 'tooMuch':
          throw new ProblemError('stock_too_high', 'A level may hold 1,000,000,000.')
      }
    })
}
