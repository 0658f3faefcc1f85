import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { admin } from '../access.ts'
import type { Deps } from '../deps.ts'
import type { Env } from '../env.ts'
import { text } from '../fields.ts'
import { body, json, problems } from '../openapi.ts'
import { orderSchema } from '../orders/document.ts'
import { documentOf } from '../orders/find.ts'
import { requestRetry } from '../orders/retry.ts'
import { notFound, ProblemError } from '../problem.ts'
import { orderParams } from './orders.ts'

const resolution = z
  .strictObject({ step: text(64), action: z.enum(['retry']), note: text(500) })
  .openapi('Resolution', { example: { step: 'payment', action: 'retry', note: 'The provider is back' } })

const resolve = createRoute({
  method: 'post',
  path: '/v1/admin/orders/{id}/resolutions',
  summary: 'Resolve a step that needs attention',
  description: 'Asks again what is stuck or was refused: an undo, a commit or a capture. It goes on the timeline.',
  tags: ['Operators'],
  ...admin,
  request: { params: orderParams, ...body(resolution) },
  responses: {
    202: json(orderSchema, 'Accepted'),
    ...problems(
      'malformed_request',
      'unauthenticated',
      'forbidden',
      'not_found',
      'nothing_to_resolve',
      'body_too_large',
      'unsupported_media_type',
      'validation_failed',
    ),
  },
})

export function resolutionRoutes(deps: Deps) {
  return new OpenAPIHono<Env>().openapi(resolve, async (c) => {
    const retried = await requestRetry(deps, c.var.principal, c.req.valid('param').id, c.req.valid('json'))
    if (retried.kind === 'unknown') throw notFound('order')
    if (retried.kind === 'refused') {
      throw new ProblemError('nothing_to_resolve', 'Nothing of this step is stuck or refused: see the order’s saga.')
    }
    return c.json(await documentOf(deps, retried.state), 202)
  })
}
