import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { listReturnsOf } from '../../workers/projection/return-queries.ts'
import { ordersReader, ordersWriter } from '../access.ts'
import type { Deps } from '../deps.ts'
import type { Env } from '../env.ts'
import { body, json, problems, locked } from '../openapi.ts'
import { findOrderState, visibleTo } from '../orders/find.ts'
import { idempotencyHeader, idempotencyKeyOf } from '../idempotency-key.ts'
import { notFound } from '../problem.ts'
import { askForReturn, type Wish } from '../returns/ask.ts'
import { newReturn, returnSchema } from '../returns/document.ts'
import { refuse } from '../returns/refuse.ts'
import { orderParams } from './orders.ts'

export const returnHeaders = z.object(idempotencyHeader('The same request with the same key is the same return.'))

const request = createRoute({
  method: 'post',
  path: '/v1/orders/{id}/returns',
  summary: 'Send goods back',
  description:
    'After delivery and within the return window, by line and quantity. Several returns of one order never exceed what ' +
    'was bought. Up to a sum a return is approved at once; else an admin decides.',
  tags: ['Returns'],
  ...ordersWriter,
  request: { params: orderParams, headers: returnHeaders, ...body(newReturn) },
  responses: {
    201: json(returnSchema, 'Requested; see `Location`', 'Location'),
    200: json(returnSchema, 'Requested before by the same request; see `Idempotency-Replayed`', 'Idempotency-Replayed'),
    ...problems(
      'malformed_request',
      ...locked,
      'not_found',
      'order_not_delivered',
      'return_window_over',
      'more_than_bought',
      'refund_above_captured',
      'body_too_large',
      'unsupported_media_type',
      'validation_failed',
      'idempotency_key_reused',
    ),
  },
})

const list = createRoute({
  method: 'get',
  path: '/v1/orders/{id}/returns',
  summary: 'The returns of an order',
  tags: ['Returns'],
  ...ordersReader,
  request: { params: orderParams },
  responses: {
    200: json(
      z.object({ items: z.array(returnSchema).readonly(), nextCursor: z.null() }),
      'All of them; there are no further pages',
    ),
    ...problems(...locked, 'not_found'),
  },
})

export const returnParams = orderParams.extend({
  number: z.coerce.number().int().min(1).max(1_000_000).openapi({ example: 1 }),
})

const get = createRoute({
  method: 'get',
  path: '/v1/orders/{id}/returns/{number}',
  summary: 'One return',
  tags: ['Returns'],
  ...ordersReader,
  request: { params: returnParams },
  responses: {
    200: json(returnSchema, 'The return'),
    ...problems(...locked, 'not_found', 'validation_failed'),
  },
})

export function returnRoutes(deps: Deps) {
  return new OpenAPIHono<Env>()
    .openapi(request, async (c) => {
      const asked = await askForReturn(deps, wishOf(c, c.req.valid('param').id), c.req.valid('json'))
      if (asked.kind === 'unknown') throw notFound('order')
      if (asked.kind === 'refused') throw refuse(asked.why)
      const { return: made, replayed } = asked.result
      if (replayed) return c.json(made, 200, { 'Idempotency-Replayed': 'true' })
      return c.json(made, 201, { Location: `/v1/orders/${c.req.valid('param').id}/returns/${made.number}` })
    })
    .openapi(list, async (c) => {
      const { id } = c.req.valid('param')
      const visible = visibleTo(c.var.principal)
      const items = await listReturnsOf(deps.orders, id, visible)
      if (items.length === 0 && (await findOrderState(deps, visible, id)) === undefined) throw notFound('order')
      return c.json({ items, nextCursor: null }, 200)
    })
    .openapi(get, async (c) => {
      const { id, number } = c.req.valid('param')
      const items = await listReturnsOf(deps.orders, id, visibleTo(c.var.principal))
      const found = items.find((one) => one.number === number)
      if (found === undefined) throw notFound('return')
      return c.json(found, 200)
    })
}

/** Who asks, about which order, under which key. @throws a problem where the key is none. */
export function wishOf(c: Context<Env>, orderId: string): Wish {
  return { by: c.var.principal, orderId, key: idempotencyKeyOf(c), traceparent: c.var.trace.traceparent }
}
