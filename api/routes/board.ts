import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { uuidPattern } from '../../domain/ids.ts'
import { countBoard } from '../../workers/projection/board.ts'
import { support } from '../access.ts'
import { dropFilter, keepFilter, listFilters, mostFilters } from '../board/filters.ts'
import { longestWait, mostCounted as most, secondsField, waitingForField } from '../board/list.ts'
import type { Deps } from '../deps.ts'
import type { Env } from '../env.ts'
import { skuField, text } from '../fields.ts'
import { badBody, body, json, locked, problems } from '../openapi.ts'
import { statusSchema } from '../orders/document.ts'
import { notFound, ProblemError } from '../problem.ts'

const tags = ['Operators']
const id = '0b6f7d0a-93a1-4c7b-9c55-f2f6b7a3a9d1'
const usualWait = 300

const filter = z
  .strictObject({
    status: statusSchema.optional(),
    needsAttention: z.boolean().optional(),
    compensating: z.literal(true).optional(),
    deadLettered: z.literal(true).optional(),
    waitingFor: waitingForField.optional(),
    waitingLongerThan: z.int().min(0).max(longestWait).optional(),
    customerId: z.string().regex(uuidPattern, 'Has to be the id of an account').optional(),
    sku: skuField.optional(),
  })
  .refine((given) => Object.keys(given).length > 0, 'Has to look for something')
  // as the list refuses it, which would always be asked in vain
  .refine(({ status, compensating }) => status === undefined || compensating === undefined, {
    path: ['status'],
    message: 'Is said by `compensating`',
  })
  .openapi('OrderFilter', { example: { waitingFor: 'payment', waitingLongerThan: 600 } })

const saved = z.object({ id: z.string(), name: z.string(), filter: z.record(z.string(), z.unknown()) })
const savedSchema = saved.openapi('SavedOrderFilter')

const count = z.int().min(0).max(most)
export const boardSchema = z
  .object({
    needsAttention: count,
    compensating: count.openapi({ description: 'Being undone: cancelled or failed' }),
    deadLettered: count.openapi({ description: 'Orders with an open dead letter' }),
    waiting: count.openapi({ description: 'Orders that have been waiting for so long, for anybody' }),
    waitingFor: z
      .array(z.object({ step: waitingForField.or(z.string()), count }))
      .readonly()
      .openapi({ description: 'The same by whom they wait for; an order may wait for two' }),
    waitingLongerThan: z.int(),
    most: z.int().openapi({ description: 'Counted no further than this' }),
    filters: z.array(savedSchema).readonly().openapi({ description: 'The caller’s own' }),
  })
  .openapi('OrderBoard')

const board = createRoute({
  method: 'get',
  path: '/v1/admin/board',
  summary: 'How many orders want a look, by why',
  description:
    'Each count is that of `GET /v1/orders` with the filter of the same name, read from an index alone and no further ' +
    'than `most`.',
  tags,
  ...support,
  request: {
    query: z.strictObject({
      waitingLongerThan: secondsField(0, longestWait)
        .optional()
        .openapi({ description: `Seconds; without it ${usualWait}`, example: usualWait }),
    }),
  },
  responses: { 200: json(boardSchema, 'The board'), ...problems(...locked, 'validation_failed') },
})

const keep = createRoute({
  method: 'post',
  path: '/v1/admin/board/filters',
  summary: 'Keep a filter of one’s own',
  description: `Under a name that is taken it replaces that one. An account keeps ${mostFilters}.`,
  tags,
  ...support,
  request: body(
    z.strictObject({ name: text(60), filter }).openapi('NewOrderFilter', {
      example: { name: 'Payment is late', filter: { waitingFor: 'payment', waitingLongerThan: 600 } },
    }),
  ),
  responses: { 201: json(savedSchema, 'Kept'), ...problems(...locked, ...badBody, 'too_many_order_filters') },
})

const drop = createRoute({
  method: 'delete',
  path: '/v1/admin/board/filters/{id}',
  summary: 'Forget a filter of one’s own',
  tags,
  ...support,
  request: { params: z.object({ id: z.string().openapi({ format: 'uuid', example: id }) }) },
  responses: { 204: { description: 'Forgotten' }, ...problems(...locked, 'not_found') },
})

export function boardRoutes({ orders, identity }: Pick<Deps, 'orders' | 'identity'>) {
  return new OpenAPIHono<Env>()
    .openapi(board, async (c) => {
      const { waitingLongerThan = usualWait } = c.req.valid('query')
      const since = new Date(Date.now() - waitingLongerThan * 1000)
      const [counts, filters] = await Promise.all([
        countBoard(orders, since, most),
        listFilters(identity, c.var.principal.id),
      ])
      const waitingFor = Object.entries(counts.waitingFor).map(([step, found]) => ({ step, count: found }))
      return c.json({ ...counts, waitingFor, waitingLongerThan, most, filters }, 200)
    })
    .openapi(keep, async (c) => {
      const { name, filter: wanted } = c.req.valid('json')
      const kept = await keepFilter(identity, c.var.principal.id, name, wanted)
      if (kept === undefined)
        throw new ProblemError('too_many_order_filters', `Forget one of the ${mostFilters} first.`)
      return c.json(kept, 201)
    })
    .openapi(drop, async (c) => {
      const { id: which } = c.req.valid('param')
      const gone = uuidPattern.test(which) && (await dropFilter(identity, c.var.principal.id, which))
      if (!gone) throw notFound('filter')
      return c.body(null, 204)
    })
}
