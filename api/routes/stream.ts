import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { ordersReader } from '../access.ts'
import type { Deps } from '../deps.ts'
import type { Env } from '../env.ts'
import { problems, locked } from '../openapi.ts'
import { findOrderState, visibleTo } from '../orders/find.ts'
import { notFound } from '../problem.ts'
import { followAll } from '../streams/follow-all.ts'
import { followOrder } from '../streams/follow-order.ts'
import { parsePositions, positionsPattern } from '../streams/positions.ts'
import { serveStream } from '../streams/serve.ts'
import { orderParams } from './orders.ts'

const stream = createRoute({
  method: 'get',
  path: '/v1/orders/{id}/stream',
  summary: 'The events of an order as they happen (Server-Sent Events)',
  description:
    'Begins with the first event, or after `Last-Event-ID`. `event` is the type, `id` the sequence, `data` an entry of the timeline.',
  tags: ['Orders'],
  ...ordersReader,
  request: {
    params: orderParams,
    headers: z.object({
      'last-event-id': z.string().optional().openapi({ description: 'The last `id` that came', example: '2' }),
    }),
  },
  responses: {
    200: { description: 'An endless stream', content: { 'text/event-stream': { schema: z.string() } } },
    ...problems(...locked, 'not_found'),
  },
})

const all = createRoute({
  method: 'get',
  path: '/v1/orders/stream',
  summary: 'The events of all orders as they happen (Server-Sent Events)',
  description:
    'Customers hear of their own orders, staff and programs of all. Begins with what happens from now on, or goes on ' +
    'after `Last-Event-ID`. `event` is the type, `data` an entry of the timeline with its `orderId`; `id` is opaque. ' +
    'An order’s events come in their order, those of its returns (`return.*`) too.',
  tags: ['Orders'],
  ...ordersReader,
  request: {
    headers: z.object({
      'last-event-id': z
        .string()
        .regex(positionsPattern, 'Has to be an id that this stream has sent')
        .optional()
        .openapi({ description: 'The last `id` that came', example: '0:17,1:4' }),
    }),
  },
  responses: {
    200: { description: 'An endless stream', content: { 'text/event-stream': { schema: z.string() } } },
    ...problems(...locked, 'validation_failed'),
  },
})

/** Before the routes of one order: `stream` is no order's id. */
export function allStreamRoutes(deps: Deps) {
  return new OpenAPIHono<Env>().openapi(all, (c) => {
    const visible = visibleTo(c.var.principal)
    const after = parsePositions(c.req.header('Last-Event-ID') ?? '')
    return serveStream(c, deps, (outlet) => followAll(deps, outlet, { visible, after }))
  })
}

export function streamRoutes(deps: Deps) {
  return new OpenAPIHono<Env>().openapi(stream, async (c) => {
    const visible = visibleTo(c.var.principal)
    const { id } = c.req.valid('param')
    if ((await findOrderState(deps, visible, id)) === undefined) throw notFound('order')
    const last = Number.parseInt(c.req.header('Last-Event-ID') ?? '0', 10)
    const place = { id, visible, last: Number.isNaN(last) ? 0 : last }
    return serveStream(c, deps, (outlet) => followOrder(deps, outlet, place))
  })
}
