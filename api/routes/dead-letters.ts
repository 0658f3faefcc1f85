import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { uuidPattern } from '../../domain/ids.ts'
import { actsOn, causesOfLetters, findLetter, listLetters } from '../../workers/projection/dead-letters/queries.ts'
import { support } from '../access.ts'
import { decodeCursor, encodeCursor, isName, isTime, pageOf } from '../cursor.ts'
import {
  groupField,
  letterDocument,
  letterSchema,
  stateField,
  wholeLetterDocument,
  wholeLetterSchema,
} from '../dead-letters/document.ts'
import type { Deps } from '../deps.ts'
import type { Env } from '../env.ts'
import { cursorField, limitField, nextCursor, text, time } from '../fields.ts'
import { json, locked, problems } from '../openapi.ts'
import { notFound } from '../problem.ts'

/** What letters are chosen by. */
export const letterFilter = z.strictObject({
  group: groupField.optional(),
  type: text(64).optional(),
  cause: text(64).optional(),
  orderId: z.string().regex(uuidPattern, 'Has to be an order’s id').optional(),
})
export const letterParams = z.object({ id: z.string().max(96).openapi({ example: 'payment:3:1207' }) })
const tags = ['Dead letters']

const list = createRoute({
  method: 'get',
  path: '/v1/admin/dead-letters',
  summary: 'What services could not process, newest first',
  description: 'Read from the groups’ dead-letter topics, a moment after a message was given up.',
  tags,
  ...support,
  request: { query: letterFilter.extend({ state: stateField.optional(), limit: limitField, cursor: cursorField }) },
  responses: {
    200: json(z.object({ items: z.array(letterSchema).readonly(), nextCursor }), 'A page of letters'),
    ...problems(...locked, 'validation_failed'),
  },
})

export const causeSchema = z
  .object({
    group: groupField,
    type: z.string().nullable(),
    cause: z.string(),
    count: z.int(),
    first: time,
    last: time,
  })
  .openapi('DeadLetterCause')

const causes = createRoute({
  method: 'get',
  path: '/v1/admin/dead-letters/causes',
  summary: 'Dead letters by group, type and cause, the most first',
  tags,
  ...support,
  request: { query: z.strictObject({ state: stateField.optional(), limit: limitField }) },
  responses: {
    200: json(
      z.object({ items: z.array(causeSchema).readonly(), nextCursor: z.null() }),
      'At most `limit`; of open ones, unless `state` says other',
    ),
    ...problems(...locked, 'validation_failed'),
  },
})

const one = createRoute({
  method: 'get',
  path: '/v1/admin/dead-letters/{id}',
  summary: 'One dead letter with its headers and body, and whether today’s parser takes it',
  tags,
  ...support,
  request: { params: letterParams },
  responses: { 200: json(wholeLetterSchema, 'The letter'), ...problems(...locked, 'not_found', 'validation_failed') },
})

export function deadLetterRoutes({ orders }: Pick<Deps, 'orders'>) {
  return new OpenAPIHono<Env>()
    .openapi(list, async (c) => {
      const { limit = 20, cursor, ...filter } = c.req.valid('query')
      const [at = '', id = ''] = cursor === undefined ? [] : decodeCursor(cursor, [isTime, isName])
      const after = cursor === undefined ? undefined : { firstSeen: new Date(at), id }
      const found = await listLetters(orders, filter, limit + 1, after)
      const { rows, ...page } = pageOf(found, limit, (last) => encodeCursor(last.first_seen.toISOString(), last.id))
      return c.json({ items: rows.map(letterDocument), ...page }, 200)
    })
    .openapi(causes, async (c) => {
      const { state = 'open', limit = 20 } = c.req.valid('query')
      const items = (await causesOfLetters(orders, state, limit)).map(({ first, last, ...rest }) => ({
        ...rest,
        first: first.toISOString(),
        last: last.toISOString(),
      }))
      return c.json({ items, nextCursor: null }, 200)
    })
    .openapi(one, async (c) => {
      const { id } = c.req.valid('param')
      const letter = await findLetter(orders, id)
      if (letter === undefined) throw notFound('dead letter')
      return c.json(wholeLetterDocument(letter, await actsOn(orders, id)), 200)
    })
}
