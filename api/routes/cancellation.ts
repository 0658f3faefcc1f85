import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { createMiddleware } from 'hono/factory'
import { ordersWriter } from '../access.ts'
import type { Deps } from '../deps.ts'
import type { Env } from '../env.ts'
import { text } from '../fields.ts'
import { json, problems, locked } from '../openapi.ts'
import { requestCancellation } from '../orders/cancel.ts'
import { orderSchema } from '../orders/document.ts'
import { documentOf } from '../orders/find.ts'
import { notFound, ProblemError } from '../problem.ts'
import { orderParams } from './orders.ts'

const cancellation = z
  .strictObject({ reason: text(500).optional() })
  .openapi('Cancellation', { example: { reason: 'Ordered by mistake' } })

/** Many clients announce JSON and send nothing: that is no reason given, not unreadable JSON. */
const emptyIsNothing = createMiddleware<Env>(async (c, next) => {
  if ((await c.req.text()) === '') {
    const headers = new Headers(c.req.raw.headers)
    headers.set('Content-Type', 'application/json')
    headers.delete('Content-Length')
    c.req.raw = new Request(c.req.url, { method: c.req.method, headers, body: '{}' })
    c.req.bodyCache = {}
  }
  await next()
})

const cancel = createRoute({
  method: 'post',
  path: '/v1/orders/{id}/cancellation',
  summary: 'Cancel an order',
  description: 'Possible until the parcel is on its way. What was done for the order is undone, last first.',
  tags: ['Orders'],
  ...ordersWriter,
  middleware: [ordersWriter.middleware, emptyIsNothing] as const,
  request: { params: orderParams, body: { content: { 'application/json': { schema: cancellation } } } },
  responses: {
    202: json(orderSchema, 'Accepted, now or before'),
    ...problems(
      'malformed_request',
      ...locked,
      'not_found',
      'order_not_cancellable',
      'body_too_large',
      'unsupported_media_type',
      'validation_failed',
    ),
  },
})

export function cancellationRoutes(deps: Deps) {
  return new OpenAPIHono<Env>().openapi(cancel, async (c) => {
    const { reason } = c.req.valid('json')
    const cancelled = await requestCancellation(deps, c.var.principal, c.req.valid('param').id, reason)
    if (cancelled.kind === 'unknown') throw notFound('order')
    if (cancelled.kind === 'refused') {
      throw new ProblemError('order_not_cancellable', 'It is on its way, over, or failing already.')
    }
    return c.json(await documentOf(deps, cancelled.state), 202)
  })
}
