import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { uuidPattern } from '../../domain/ids.ts'
import { milestones } from '../../workers/projection/figures/behind.ts'
import { ordersReader } from '../access.ts'
import { boardFilter, expectStaff, listBoard } from '../board/list.ts'
import { isKnown } from '../conditional.ts'
import { decodeCursor, encodeCursor, isId, isTime, pageOf } from '../cursor.ts'
import type { Deps } from '../deps.ts'
import type { Env } from '../env.ts'
import { cursorField, limitField, momentField, nextCursor, plainText, skuField, text } from '../fields.ts'
import { json, problems, locked } from '../openapi.ts'
import { orderSchema, statusSchema } from '../orders/document.ts'
import { documentOf, documentsOf, findOrderState, visibleTo } from '../orders/find.ts'
import { readWait } from '../orders/request-headers.ts'
import { findBeginning } from '../orders/search.ts'
import { readSaga, sagaSchema } from '../orders/saga.ts'
import { stateOfRow } from '../orders/state.ts'
import { readTimeline, timelineSchema } from '../orders/timeline.ts'
import { untilGone, waitUntilChanged } from '../orders/wait.ts'
import { invalid, notFound } from '../problem.ts'

const tags = ['Orders']
export const orderParams = z.object({
  id: z.string().openapi({ format: 'uuid', example: '0b6f7d0a-93a1-4c7b-9c55-f2f6b7a3a9d1' }),
})
const oneOrder = { tags, ...ordersReader, request: { params: orderParams } }
const oneOrderProblems = problems(...locked, 'not_found')

const list = createRoute({
  method: 'get',
  path: '/v1/orders',
  summary: 'Orders, newest first',
  description:
    'Customers see their own orders, staff and programs all. `q` is the beginning of an order’s id (4 characters or ' +
    'more); for staff and programs also of the customer’s id, or of the name on the parcel (2 or more, in any case). Of each, ' +
    '100 orders are looked at. With `waitingFor` or `waitingLongerThan` those that wait the longest come first.',
  tags,
  ...ordersReader,
  request: {
    query: z.strictObject({
      status: statusSchema.optional(),
      customerId: z
        .string()
        .regex(uuidPattern, 'Has to be the id of an account')
        .optional()
        .openapi({ description: 'For staff', format: 'uuid', example: '0b6f7d0a-93a1-4c7b-9c55-f2f6b7a3a9d1' }),
      needsAttention: z
        .enum(['true', 'false'])
        .transform((value) => value === 'true')
        .optional()
        .openapi({ type: 'boolean' }),
      sku: skuField.optional().openapi({ description: 'Orders with a line of it' }),
      placedFrom: momentField
        .optional()
        .openapi({ type: 'string', format: 'date-time', example: '2026-01-01T00:00:00Z' }),
      placedTo: momentField.optional().openapi({
        type: 'string',
        format: 'date-time',
        description: 'Before this moment',
        example: '2027-01-01T00:00:00+01:00',
      }),
      reached: z
        .enum([...milestones.keys()])
        .optional()
        .openapi({
          description: 'Orders that came so far; with `placedFrom` and `placedTo`, at most two days apart',
        }),
      compensated: plainText(128).optional().openapi({
        description: 'Orders of which something was undone, by why: `step:code` or `cancelled`; with these two as well',
      }),
      ...boardFilter,
      q: text(100, 2).optional().openapi({ description: 'The beginning of an id or a name', example: '0b6f7d0a' }),
      limit: limitField,
      cursor: cursorField,
    }),
  },
  responses: {
    200: json(z.object({ items: z.array(orderSchema).readonly(), nextCursor }), 'A page of orders'),
    ...problems(...locked, 'validation_failed'),
  },
})

const get = createRoute({
  method: 'get',
  path: '/v1/orders/{id}',
  summary: 'One order',
  description: 'With `If-None-Match` and `Prefer: wait=N` it is answered once something has happened to the order.',
  ...oneOrder,
  request: {
    params: orderParams,
    headers: z.object({
      prefer: z.string().optional().openapi({
        description: '`wait=N`: while the order is as `If-None-Match` says, answer after N seconds (30 at most)',
        example: 'wait=10',
      }),
    }),
  },
  responses: { 200: json(orderSchema, 'The order', 'Preference-Applied'), ...oneOrderProblems },
})

const timeline = createRoute({
  method: 'get',
  path: '/v1/orders/{id}/timeline',
  summary: 'Everything that happened to an order, in order',
  ...oneOrder,
  responses: { 200: json(timelineSchema, 'Every event; there are no further pages'), ...oneOrderProblems },
})

const saga = createRoute({
  method: 'get',
  path: '/v1/orders/{id}/saga',
  summary: 'Where the saga is, and for whom it waits',
  ...oneOrder,
  responses: { 200: json(sagaSchema, 'The saga, step by step'), ...oneOrderProblems },
})

export function orderRoutes(deps: Deps) {
  return new OpenAPIHono<Env>()
    .openapi(list, async (c) => {
      const { limit = 20, cursor, q, reached, compensated, ...filter } = c.req.valid('query')
      expectStaff(c.var.principal, filter)
      if (reached !== undefined || compensated !== undefined) expectShortTime(filter)
      const [time = '', id = ''] = cursor === undefined ? [] : decodeCursor(cursor, [isTime, isId])
      const isByWait = filter.waitingFor !== undefined || filter.waitingLongerThan !== undefined
      const moment = new Date(time)
      const after = cursor === undefined ? undefined : isByWait ? { since: moment, id } : { placedAt: moment, id }
      const visible = visibleTo(c.var.principal)
      const behindFigure = { told: reached && milestones.get(reached), undoneFor: compensated }
      const ids = q === undefined ? undefined : await findBeginning(deps, visible, q)
      const found = await listBoard(deps.orders, visible, {
        ...filter,
        ...behindFigure,
        ids,
        after,
        limit: limit + 1,
      })
      const { rows, ...page } = pageOf(found, limit, (row) =>
        encodeCursor(((isByWait && row.waiting_since) || row.placed_at).toISOString(), row.id),
      )
      return c.json({ items: await documentsOf(deps, rows.map(stateOfRow)), ...page }, 200)
    })
    .openapi(get, async (c) => {
      const state = await findOrderState(deps, visibleTo(c.var.principal), c.req.valid('param').id)
      if (state === undefined) throw notFound('order')
      const document = await documentOf(deps, state)
      const seconds = readWait(c.req.header('Prefer'))
      if (seconds === undefined || !isKnown(c.req.header('If-None-Match'), document)) return c.json(document, 200)
      c.header('Preference-Applied', `wait=${seconds}`)
      return c.json(await documentOf(deps, await waitUntilChanged(deps, state, seconds, untilGone(c, deps))), 200)
    })
    .openapi(timeline, async (c) => {
      const items = await readTimeline(deps, visibleTo(c.var.principal), c.req.valid('param').id)
      if (items === undefined) throw notFound('order')
      return c.json({ items, nextCursor: null }, 200)
    })
    .openapi(saga, async (c) => {
      const view = await readSaga(deps, visibleTo(c.var.principal), c.req.valid('param').id)
      if (view === undefined) throw notFound('order')
      return c.json(view, 200)
    })
}

const longestMs = 48 * 3600_000

/** Where orders are looked through: no more of them than the figures show. */
function expectShortTime({
  placedFrom,
  placedTo,
}: {
  placedFrom?: Date | undefined
  placedTo?: Date | undefined
}): void {
  const missing = Object.entries({ placedFrom, placedTo }).filter(([, given]) => given === undefined)
  if (missing.length > 0) {
    throw invalid(
      missing.map(([name]) => ({ pointer: `/query/${name}`, code: 'required', message: 'Is required here' })),
    )
  }
  if (Number(placedTo) - Number(placedFrom) > longestMs) {
    throw invalid([{ pointer: '/query/placedTo', code: 'too_big', message: 'Is more than two days after placedFrom' }])
  }
}
