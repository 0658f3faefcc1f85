import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { previewCancellation } from '../../domain/saga/preview.ts'
import { admin, ordersReader } from '../access.ts'
import type { Deps } from '../deps.ts'
import type { Env } from '../env.ts'
import { text, time } from '../fields.ts'
import { badBody, body, json, problems, locked } from '../openapi.ts'
import { orderSchema } from '../orders/document.ts'
import { documentOf, visibleTo } from '../orders/find.ts'
import { decideApproval, requestDeadline } from '../orders/operate.ts'
import { readFolded } from '../orders/saga.ts'
import { notFound, ProblemError } from '../problem.ts'
import { orderParams } from './orders.ts'

const accepted = { 202: json(orderSchema, 'Accepted') }
const tags = ['Operators']

const approval = z
  .strictObject({ approve: z.boolean(), note: text(500).optional() })
  .openapi('OrderApproval', { example: { approve: true, note: 'Known customer' } })

const approve = createRoute({
  method: 'post',
  path: '/v1/admin/orders/{id}/approval',
  summary: 'Approve or reject an order above the limit',
  tags,
  ...admin,
  request: { params: orderParams, ...body(approval) },
  responses: { ...accepted, ...problems(...locked, 'not_found', ...badBody, 'approval_not_awaited') },
})

const deadline = z.strictObject({ step: text(64), deadlineAt: time, note: text(500) }).openapi('NewDeadline', {
  example: { step: 'payment', deadlineAt: '2030-01-31T09:30:00.000Z', note: 'The bank asked for an hour' },
})

const changeDeadline = createRoute({
  method: 'post',
  path: '/v1/admin/orders/{id}/deadline',
  summary: 'Extend or shorten the deadline that runs for a step',
  description: 'A time in the past lets it pass at once.',
  tags,
  ...admin,
  request: { params: orderParams, ...body(deadline) },
  responses: { ...accepted, ...problems(...locked, 'not_found', ...badBody, 'no_deadline') },
})

export const previewSchema = z
  .object({
    possible: z.boolean(),
    why: z.enum(['undoing', 'tooLate']).optional(),
    undoes: z
      .array(
        z.object({
          step: z.string(),
          participant: z.string(),
          turn: z.int().openapi({ description: 'What is undone first; the same number: side by side' }),
          proof: z.string().openapi({ description: 'The event that would prove it' }),
        }),
      )
      .readonly(),
    until: z.literal('dispatched').openapi({ description: 'Possible until the parcel is on its way' }),
  })
  .openapi('CancellationPreview')

const preview = createRoute({
  method: 'get',
  path: '/v1/orders/{id}/cancellation',
  summary: 'Whether the order can be cancelled, and what that would undo',
  tags: ['Orders'],
  ...ordersReader,
  request: { params: orderParams },
  responses: { 200: json(previewSchema, 'By the guard that decides'), ...problems(...locked, 'not_found') },
})

export function operateRoutes(deps: Deps) {
  return new OpenAPIHono<Env>()
    .openapi(approve, async (c) => {
      const decided = await decideApproval(deps, c.var.principal, c.req.valid('param').id, c.req.valid('json'))
      if (decided.kind === 'unknown') throw notFound('order')
      if (decided.kind === 'refused') {
        throw new ProblemError('approval_not_awaited', 'It is below the limit, or was decided before.')
      }
      return c.json(await documentOf(deps, decided.state), 202)
    })
    .openapi(changeDeadline, async (c) => {
      const changed = await requestDeadline(deps, c.var.principal, c.req.valid('param').id, c.req.valid('json'))
      if (changed.kind === 'unknown') throw notFound('order')
      if (changed.kind === 'refused') {
        throw new ProblemError('no_deadline', 'The order does not wait for this step: see `waitingFor` of its saga.')
      }
      return c.json(await documentOf(deps, changed.state), 202)
    })
    .openapi(preview, async (c) => {
      const folded = await readFolded(deps, visibleTo(c.var.principal), c.req.valid('param').id)
      if (folded === undefined) throw notFound('order')
      return c.json({ ...previewCancellation(folded.saga), until: 'dispatched' as const }, 200)
    })
}
