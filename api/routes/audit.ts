import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { admin } from '../access.ts'
import { decodeCursor, encodeCursor, isNumber, pageOf } from '../cursor.ts'
import type { Deps } from '../deps.ts'
import type { Env } from '../env.ts'
import { cursorField, limitField, nextCursor, plainText, time } from '../fields.ts'
import { listAudit } from '../identity/audit-log.ts'
import { json, locked, problems } from '../openapi.ts'

export const auditLineSchema = z
  .object({
    id: z.string(),
    at: time,
    action: z.string().openapi({ example: 'POST /v1/admin/orders/:id/resolutions' }),
    actor: z.object({ kind: z.string(), id: z.string() }),
    target: z.string(),
    outcome: z.enum(['done', 'refused', 'failed']),
    detail: z.record(z.string(), z.unknown()),
    address: z.string(),
    requestId: z.string(),
  })
  .openapi('AuditLine')

const list = createRoute({
  method: 'get',
  path: '/v1/admin/audit',
  summary: 'Who did or tried what, newest first',
  description:
    'Sign-ins, refusals, and every act of staff and programs. Lines are added and never changed. `requestId` is the ' +
    '`traceId` of the request in the logs.',
  tags: ['Operators'],
  ...admin,
  request: {
    query: z.strictObject({
      action: plainText(120).optional(),
      actorId: plainText(64).optional(),
      target: plainText(120).optional(),
      outcome: auditLineSchema.shape.outcome.optional(),
      limit: limitField,
      cursor: cursorField,
    }),
  },
  responses: {
    200: json(z.object({ items: z.array(auditLineSchema).readonly(), nextCursor }), 'A page of the log'),
    ...problems(...locked, 'validation_failed'),
  },
})

export function auditRoutes({ identity }: Pick<Deps, 'identity'>) {
  return new OpenAPIHono<Env>().openapi(list, async (c) => {
    const { limit = 20, cursor, ...filter } = c.req.valid('query')
    const [before] = cursor === undefined ? [] : decodeCursor(cursor, [isNumber])
    const found = await listAudit(identity, { ...filter, before, limit: limit + 1 })
    const { rows, ...page } = pageOf(found, limit, ({ id }) => encodeCursor(id))
    return c.json({ items: rows, ...page }, 200)
  })
}
