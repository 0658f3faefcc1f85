import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { type SSEStreamingApi, streamSSE } from 'hono/streaming'
import { isOver } from '../../domain/order.ts'
import { listEvents, type Visible } from '../../workers/projection/queries.ts'
import { ordersReader } from '../access.ts'
import type { Deps } from '../deps.ts'
import type { Env } from '../env.ts'
import { problems, locked } from '../openapi.ts'
import { findOrderState, visibleTo } from '../orders/find.ts'
import { timelineEntry } from '../orders/timeline.ts'
import { tooMany } from '../limits/standing.ts'
import { notFound } from '../problem.ts'
import { orderParams } from './orders.ts'

const pollMs = 250
const heartbeatMs = 15_000
/** What a client that lost its connection may still hold is free by then. */
const leaveSeconds = 5
/** As long as an access token lives: then the client comes again with a fresh one and resumes where it was. */
const longestMs = 10 * 60_000

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

export function streamRoutes(deps: Deps) {
  return new OpenAPIHono<Env>().openapi(stream, async (c) => {
    const visible = visibleTo(c.var.principal)
    const { id } = c.req.valid('param')
    if ((await findOrderState(deps, visible, id)) === undefined) throw notFound('order')
    // nobody would read it, and nothing would end it
    if (c.req.method === 'HEAD') return c.body(null, 200, { 'Content-Type': 'text/event-stream' })
    const last = Number.parseInt(c.req.header('Last-Event-ID') ?? '0', 10)
    const leave = deps.limits.streams.take(c.var.principal.id)
    if (leave === undefined) {
      throw tooMany(`You have ${deps.limits.streams.most} streams open. Close one first.`, leaveSeconds)
    }
    c.header('X-Accel-Buffering', 'no') // a proxy in between must not collect
    return streamSSE(c, async (out) => {
      try {
        await follow(deps, out, { id, visible, last: Number.isNaN(last) ? 0 : last })
      } finally {
        leave()
      }
    })
  })
}

type Place = { readonly id: string; readonly visible: Visible; readonly last: number }

async function follow({ orders, log, stopping }: Deps, out: SSEStreamingApi, place: Place): Promise<void> {
  const end = Date.now() + longestMs
  let { last } = place
  let beat = 0
  let over = false
  while (!out.aborted && !out.closed && !stopping?.aborted && Date.now() < end) {
    try {
      const events = over ? [] : await listEvents(orders, place.id, place.visible, last)
      for (const event of events) {
        const entry = timelineEntry(event, place.visible === 'all')
        await out.writeSSE({ id: String(event.sequence), event: event.type, data: JSON.stringify(entry) })
        last = event.sequence
        over = isOver(event.data.status)
      }
    } catch (error) {
      log.warn({ err: error, orderId: place.id }, 'a stream could not be fed; it waits')
    }
    if (Date.now() - beat >= heartbeatMs) {
      await out.write(': \n\n')
      beat = Date.now()
    }
    await out.sleep(pollMs)
  }
}
