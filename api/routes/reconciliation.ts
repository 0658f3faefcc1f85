import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { admin } from '../access.ts'
import type { Deps } from '../deps.ts'
import type { Env } from '../env.ts'
import { limitField, text, time } from '../fields.ts'
import { badBody, body, json, problems, locked } from '../openapi.ts'
import { orderSchema, statusSchema } from '../orders/document.ts'
import { documentOf, findOrderState } from '../orders/find.ts'
import { findLost, resumeLost } from '../orders/reconcile.ts'
import { notFound, ProblemError, unavailable } from '../problem.ts'
import { returnSchema } from '../returns/document.ts'
import { resumeReturns } from '../returns/resume.ts'
import { listReturnsOf } from '../../workers/projection/return-queries.ts'
import { orderParams } from './orders.ts'

const lost = z
  .object({
    id: z.string(),
    customerId: z.string(),
    status: statusSchema,
    updatedAt: time,
    workflow: z.string().openapi({ description: 'How it ended, such as `terminated`; `none`: no trace of it' }),
    holds: z
      .array(z.object({ step: z.string(), state: z.string() }))
      .readonly()
      .openapi({ description: 'What was begun and neither refused nor undone' }),
  })
  .openapi('LostOrder')

const tags = ['Operators']

const list = createRoute({
  method: 'get',
  path: '/v1/admin/reconciliation',
  summary: 'Orders that are not over and have no open workflow',
  description:
    'As after a workflow was terminated, or Temporal’s store was restored from a backup. Looks at every open order.',
  tags,
  ...admin,
  request: { query: z.strictObject({ limit: limitField }) },
  responses: {
    200: json(z.object({ items: z.array(lost).readonly(), nextCursor: z.null() }), 'At most `limit` of them'),
    ...problems(...locked, 'validation_failed'),
  },
})

const resumption = z
  .strictObject({ undo: z.boolean(), note: text(500) })
  .openapi('Resumption', { example: { undo: true, note: 'Temporal was restored from last night' } })

const resume = createRoute({
  method: 'post',
  path: '/v1/admin/orders/{id}/resumption',
  summary: 'Take up a lost order, and undo it or let it go on',
  description:
    'A new workflow goes on from what the order’s events tell. With `undo` it is cancelled, if that is still possible.',
  tags,
  ...admin,
  request: { params: orderParams, ...body(resumption) },
  responses: {
    202: json(orderSchema, 'Accepted'),
    ...problems(
      'malformed_request',
      ...locked,
      'not_found',
      'order_not_lost',
      'body_too_large',
      'unsupported_media_type',
      'validation_failed',
    ),
  },
})

const returnsResumption = z
  .strictObject({ note: text(500) })
  .openapi('ReturnsResumption', { example: { note: 'Their workflow was terminated by mistake' } })

const resumeOfReturns = createRoute({
  method: 'post',
  path: '/v1/admin/orders/{id}/returns/resumption',
  summary: 'Take up the returns of an order whose workflow is gone',
  description:
    'A new workflow goes on from what the returns’ events tell: what was asked and is late is asked again, once more ' +
    'the same, and what waits for a person still does. A decision that no event tells yet went with the workflow: take it again.',
  tags,
  ...admin,
  request: { params: orderParams, ...body(returnsResumption) },
  responses: {
    202: json(z.object({ items: z.array(returnSchema).readonly(), nextCursor: z.null() }), 'All of its returns'),
    ...problems(...locked, 'not_found', ...badBody, 'returns_not_lost'),
  },
})

const behind = () =>
  unavailable('dependency_unavailable', 'Its last events may still be on their way. Try again in a minute.')

export function reconciliationRoutes(deps: Deps) {
  return new OpenAPIHono<Env>()
    .openapi(list, async (c) => {
      const found = await findLost(deps, c.req.valid('query').limit ?? 20)
      const items = found.map(({ row, workflow, holds }) => ({
        id: row.id,
        customerId: row.customer_id,
        status: row.status,
        updatedAt: row.updated_at.toISOString(),
        workflow,
        holds,
      }))
      return c.json({ items, nextCursor: null }, 200)
    })
    .openapi(resume, async (c) => {
      const { id } = c.req.valid('param')
      const resumed = await resumeLost(deps, c.var.principal, id, c.req.valid('json'))
      if (resumed.kind === 'notLost') {
        throw new ProblemError('order_not_lost', 'It is over, or its workflow is open: use the other operator calls.')
      }
      if (resumed.kind === 'behind') throw behind()
      const state = resumed.kind === 'resumed' ? await findOrderState(deps, 'all', id) : undefined
      if (state === undefined) throw notFound('order')
      return c.json(await documentOf(deps, state), 202)
    })
    .openapi(resumeOfReturns, async (c) => {
      const { id } = c.req.valid('param')
      c.set('audited', { subject: id, asked: c.req.valid('json') })
      const resumed = await resumeReturns(deps, id, c.var.trace.traceparent)
      if (resumed === 'unknown') throw notFound('order')
      if (resumed === 'behind') throw behind()
      if (resumed === 'notLost')
        throw new ProblemError('returns_not_lost', 'There are none, or their workflow is open or ended as it should.')
      return c.json({ items: await listReturnsOf(deps.orders, id, 'all'), nextCursor: null }, 202)
    })
}
