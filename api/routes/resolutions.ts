import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { admin, adminInPerson } from '../access.ts'
import type { Deps } from '../deps.ts'
import type { Env } from '../env.ts'
import { text } from '../fields.ts'
import { badBody, body, json, problems, locked } from '../openapi.ts'
import { orderSchema } from '../orders/document.ts'
import { documentOf } from '../orders/find.ts'
import { approveResolution, requestDoneByHand, requestRetry } from '../orders/operate.ts'
import { notFound, ProblemError } from '../problem.ts'
import { orderParams } from './orders.ts'

const resolution = z
  .strictObject({ step: text(64), action: z.enum(['retry', 'doneByHand']), note: text(500) })
  .openapi('Resolution', { example: { step: 'payment', action: 'retry', note: 'The provider is back' } })

const accepted = { 202: json(orderSchema, 'Accepted') }
const tags = ['Operators']

const resolve = createRoute({
  method: 'post',
  path: '/v1/admin/orders/{id}/resolutions',
  summary: 'Resolve a step that needs attention',
  description:
    '`retry` asks again what is stuck or was refused: an undo, a commit or a capture. `doneByHand` says that it was ' +
    'done outside; it counts when the participant has closed its task and remembers it as done, and for money only ' +
    'after another admin has approved it; a program can’t say it. Everything goes on the timeline.',
  tags,
  ...admin,
  request: { params: orderParams, ...body(resolution) },
  responses: {
    ...accepted,
    ...problems(...locked, 'not_found', ...badBody, 'nothing_to_resolve', 'resolution_requested'),
  },
})

const approve = createRoute({
  method: 'post',
  path: '/v1/admin/orders/{id}/resolutions/{number}/approval',
  summary: 'Agree to what another admin says was done by hand',
  tags,
  ...adminInPerson,
  request: {
    params: orderParams.extend({ number: z.coerce.number().int().min(1).max(1_000_000).openapi({ example: 1 }) }),
  },
  responses: {
    ...accepted,
    ...problems(...locked, 'not_found', 'validation_failed', 'no_such_resolution', 'second_admin_needed'),
  },
})

export function resolutionRoutes(deps: Deps) {
  return new OpenAPIHono<Env>()
    .openapi(resolve, async (c) => {
      const { action, ...what } = c.req.valid('json')
      if (action === 'doneByHand' && c.var.principal.role === 'program') {
        throw new ProblemError('forbidden', 'A program can ask again; that it was done by hand is for an admin to say.')
      }
      const request = action === 'retry' ? requestRetry : requestDoneByHand
      const resolved = await request(deps, c.var.principal, c.req.valid('param').id, what)
      if (resolved.kind === 'unknown') throw notFound('order')
      if (resolved.kind === 'refused') throw refuse(resolved.why)
      return c.json(await documentOf(deps, resolved.state), 202)
    })
    .openapi(approve, async (c) => {
      const { id, number } = c.req.valid('param')
      const approved = await approveResolution(deps, c.var.principal, id, number)
      if (approved.kind === 'unknown') throw notFound('order')
      if (approved.kind === 'refused') {
        if (approved.why === 'sameAdmin') throw refuse(approved.why)
        throw new ProblemError('no_such_resolution', 'It is approved already, or was answered meanwhile.')
      }
      return c.json(await documentOf(deps, approved.state), 202)
    })
}

function refuse(why: string | undefined): ProblemError {
  if (why === 'alreadyRequested') return new ProblemError('resolution_requested', 'Another admin has to approve it.')
  if (why === 'sameAdmin') return new ProblemError('second_admin_needed', 'Who said it can’t be the one who agrees.')
  return new ProblemError('nothing_to_resolve', 'Nothing of this step is stuck or refused: see the order’s saga.')
}
