import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import type { ReturnView } from '../../domain/returns/view.ts'
import { listReturns } from '../../workers/projection/return-queries.ts'
import { support, supportInPerson } from '../access.ts'
import { decodeCursor, encodeCursor, isId, isNumber, isTime, pageOf } from '../cursor.ts'
import type { Deps } from '../deps.ts'
import type { Env } from '../env.ts'
import { cursorField, limitField, nextCursor } from '../fields.ts'
import { badBody, body, json, problems, locked } from '../openapi.ts'
import { notFound } from '../problem.ts'
import { type Asked, askForRefund, decideOn, receive, retry } from '../returns/ask.ts'
import * as documents from '../returns/document.ts'
import { refuse } from '../returns/refuse.ts'
import { orderParams } from './orders.ts'
import { returnHeaders, returnParams, wishOf } from './returns.ts'

const tags = ['Returns']
const { returnSchema } = documents
const decisionResponses = {
  202: json(returnSchema, 'Accepted'),
  ...problems(...locked, ...badBody, 'not_found', 'return_in_other_state'),
}

const item = returnSchema.extend({ orderId: z.string(), customerId: z.string() }).openapi('ReturnOfOrder')

const list = createRoute({
  method: 'get',
  path: '/v1/admin/returns',
  summary: 'Returns of all orders, newest first',
  tags,
  ...support,
  request: {
    query: z.strictObject({
      status: documents.returnStatusSchema.optional(),
      limit: limitField,
      cursor: cursorField,
    }),
  },
  responses: {
    200: json(z.object({ items: z.array(item).readonly(), nextCursor }), 'A page of returns'),
    ...problems(...locked, 'validation_failed'),
  },
})

const decide = createRoute({
  method: 'post',
  path: '/v1/admin/orders/{id}/returns/{number}/approval',
  summary: 'Approve or decline a return',
  description:
    'Whoever asked for a return can’t approve it. What others than the customer asked for is approved by a person, ' +
    'money without goods by another admin.',
  tags,
  ...support,
  request: { params: returnParams, ...body(documents.approval) },
  responses: {
    202: json(returnSchema, 'Accepted'),
    ...problems(...locked, ...badBody, 'not_found', 'return_in_other_state', 'second_admin_needed'),
  },
})

const receipt = createRoute({
  method: 'post',
  path: '/v1/admin/orders/{id}/returns/{number}/receipt',
  summary: 'The goods are back',
  description: 'They go to the shelf and the money goes back to the customer, side by side, each until it is proven.',
  tags,
  ...support,
  request: { params: returnParams, ...body(documents.receipt) },
  responses: decisionResponses,
})

const resolve = createRoute({
  method: 'post',
  path: '/v1/admin/orders/{id}/returns/{number}/resolutions',
  summary: 'Ask again what is stuck or was refused',
  tags,
  ...support,
  request: { params: returnParams, ...body(documents.returnResolution) },
  responses: decisionResponses,
})

const refund = createRoute({
  method: 'post',
  path: '/v1/admin/orders/{id}/refunds',
  summary: 'Pay money back without goods',
  description:
    'Within the return window, and together with all returns never more than was paid. Where all that others than the ' +
    'customer asked for on this order is above `RETURN_APPROVED_UP_TO_MINOR`, it is `requested` until another admin ' +
    'has agreed by the return’s approval. No program can ask for it.',
  tags,
  ...supportInPerson,
  request: { params: orderParams, headers: returnHeaders, ...body(documents.newRefund) },
  responses: {
    201: json(returnSchema, 'Requested; see `Location`', 'Location'),
    200: json(returnSchema, 'Requested before by the same request; see `Idempotency-Replayed`', 'Idempotency-Replayed'),
    ...problems(
      ...locked,
      ...badBody,
      'not_found',
      'order_not_delivered',
      'return_window_over',
      'refund_above_captured',
      'idempotency_key_reused',
    ),
  },
})

export function adminReturnRoutes(deps: Deps) {
  return new OpenAPIHono<Env>()
    .openapi(list, async (c) => {
      const { limit = 20, cursor, status } = c.req.valid('query')
      const [time = '', orderId = '', number = ''] =
        cursor === undefined ? [] : decodeCursor(cursor, [isTime, isId, isNumber])
      const after = cursor === undefined ? undefined : { requestedAt: new Date(time), orderId, number: Number(number) }
      const found = await listReturns(deps.orders, { status, after, limit: limit + 1 })
      const { rows, ...page } = pageOf(found, limit, (row) =>
        encodeCursor(row.requested_at.toISOString(), row.order_id, String(row.number)),
      )
      const items = rows.map((row) => ({ ...row.body, orderId: row.order_id, customerId: row.customer_id }))
      return c.json({ items, ...page }, 200)
    })
    .openapi(decide, async (c) => {
      const { id: orderId, number } = c.req.valid('param')
      const { approve, note } = c.req.valid('json')
      const about = { by: c.var.principal, orderId, number }
      return c.json(accepted(await decideOn(deps, about, { approve, ...(note !== undefined && { note }) })), 202)
    })
    .openapi(receipt, async (c) => {
      const { id: orderId, number } = c.req.valid('param')
      const { note } = c.req.valid('json')
      const about = { by: c.var.principal, orderId, number }
      return c.json(accepted(await receive(deps, about, note === undefined ? {} : { note })), 202)
    })
    .openapi(resolve, async (c) => {
      const { id: orderId, number } = c.req.valid('param')
      const about = { by: c.var.principal, orderId, number }
      return c.json(accepted(await retry(deps, about, { note: c.req.valid('json').note })), 202)
    })
    .openapi(refund, async (c) => {
      const wanted = c.req.valid('json')
      c.set('audited', { subject: c.req.valid('param').id, asked: wanted })
      const asked = await askForRefund(deps, wishOf(c, c.req.valid('param').id), wanted)
      if (asked.kind === 'unknown') throw notFound('order')
      if (asked.kind === 'refused') throw refuse(asked.why)
      const { return: made, replayed } = asked.result
      if (replayed) return c.json(made, 200, { 'Idempotency-Replayed': 'true' })
      return c.json(made, 201, { Location: `/v1/orders/${c.req.valid('param').id}/returns/${made.number}` })
    })
}

function accepted(asked: Asked<ReturnView>): ReturnView {
  if (asked.kind === 'unknown') throw notFound('return')
  if (asked.kind === 'refused') throw refuse(asked.why)
  return asked.result
}
