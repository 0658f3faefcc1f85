import { createRoute, OpenAPIHono } from '@hono/zod-openapi'
import { support } from '../access.ts'
import { clockSchema } from '../clock/document.ts'
import { makeReadClock } from '../clock/read.ts'
import type { Deps } from '../deps.ts'
import type { Env } from '../env.ts'
import { json, locked, problems } from '../openapi.ts'
import { notFound } from '../problem.ts'
import { orderParams } from './orders.ts'

const read = createRoute({
  method: 'get',
  path: '/v1/admin/orders/{id}/clock',
  summary: 'Everything that happened around an order, on one time axis',
  description:
    'Temporal’s history, the events with topic, partition and offset, signals, calls to the payment provider and the ' +
    'carrier, lines of both ledgers, dead letters and what staff did, merged by time. What can’t be had is named in ' +
    '`missing`; the rest is told.',
  tags: ['Operators'],
  ...support,
  request: { params: orderParams },
  responses: { 200: json(clockSchema, 'The clock; there are no further pages'), ...problems(...locked, 'not_found') },
})

export function clockRoutes(deps: Deps) {
  const readClock = makeReadClock(deps)
  return new OpenAPIHono<Env>().openapi(read, async (c) => {
    // of programs, only those with the scope admin come here
    const clock = await readClock(c.req.valid('param').id, c.var.principal.role !== 'support')
    if (clock === undefined) throw notFound('order')
    return c.json(clock, 200)
  })
}
