import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { actsOn, findLetter } from '../../workers/projection/dead-letters/queries.ts'
import { admin } from '../access.ts'
import { discardOne, mostAtOnce, redriveMany, redriveOne } from '../dead-letters/act.ts'
import { wholeLetterDocument, wholeLetterSchema } from '../dead-letters/document.ts'
import type { Deps } from '../deps.ts'
import type { Env } from '../env.ts'
import { anyObject, text } from '../fields.ts'
import { badBody, body, json, locked, problems } from '../openapi.ts'
import { notFound } from '../problem.ts'
import { letterFilter, letterParams } from './dead-letters.ts'

const tags = ['Dead letters']
const reason = text(500)

const redriveBody = z
  .strictObject({
    reason,
    data: anyObject.optional().openapi({ description: 'Sent instead of the letter’s own body' }),
  })
  .openapi('Redrive', { example: { reason: 'The column is long enough now' } })

const redrive = createRoute({
  method: 'post',
  path: '/v1/admin/dead-letters/{id}/redrive',
  summary: 'Send a dead letter once more, to the group that could not process it',
  description:
    'To no other group, under the same headers. With `data` the body is another one: what is different stays with the ' +
    'letter. Should it fail again, the same letter is open again.',
  tags,
  ...admin,
  request: { params: letterParams, ...body(redriveBody) },
  responses: {
    202: json(wholeLetterSchema, 'Noted; it is sent within a second'),
    ...problems(...locked, 'not_found', ...badBody, 'dead_letter_not_open', 'dead_letter_unreadable'),
  },
})

const manyBody = z
  .strictObject({
    ids: z.array(text(96)).min(1).max(mostAtOnce).optional(),
    filter: letterFilter.refine((filter) => Object.keys(filter).length > 0, 'Has to name something').optional(),
    dryRun: z.boolean().default(false),
    reason: reason.optional(),
  })
  .refine(({ ids, filter }) => (ids === undefined) !== (filter === undefined), {
    message: 'Either ids or a filter',
    path: ['ids'],
  })
  .refine(({ dryRun, reason: why }) => dryRun || why !== undefined, {
    message: 'Has to be said, except for a dry run',
    path: ['reason'],
  })
  .openapi('RedriveMany', {
    example: { filter: { group: 'payment', cause: 'ER_DUP_ENTRY' }, dryRun: true },
  })

const many = z
  .object({
    items: z
      .array(
        z.object({
          id: z.string(),
          fate: z
            .enum(['redriven', 'unreadable', 'notOpen'])
            .openapi({ description: '`unreadable`: today’s parser refuses it; it stays open' }),
          problem: z.string().nullable(),
        }),
      )
      .readonly(),
    more: z.boolean().openapi({ description: `The filter finds more than ${mostAtOnce}: call again` }),
  })
  .openapi('RedrivenMany')

const redriveAll = createRoute({
  method: 'post',
  path: '/v1/admin/dead-letters/redrive',
  summary: 'Send many dead letters once more, or say what would happen',
  description:
    `At most ${mostAtOnce}, open ones; those of an order in the order in which they stood. With \`dryRun\` each is ` +
    'parsed and nothing is sent.',
  tags,
  ...admin,
  request: body(manyBody),
  responses: {
    200: json(many, 'What would happen'),
    202: json(many, 'Noted; they are sent within a second'),
    ...problems(...locked, ...badBody),
  },
})

const discard = createRoute({
  method: 'post',
  path: '/v1/admin/dead-letters/{id}/discard',
  summary: 'Put a dead letter away for good',
  tags,
  ...admin,
  request: {
    params: letterParams,
    ...body(z.strictObject({ reason }).openapi('Discard', { example: { reason: 'A test message' } })),
  },
  responses: {
    200: json(wholeLetterSchema, 'Discarded'),
    ...problems(...locked, 'not_found', ...badBody, 'dead_letter_not_open'),
  },
})

export function deadLetterActRoutes(deps: Pick<Deps, 'orders'>) {
  const { orders } = deps

  async function document(id: string) {
    const letter = await findLetter(orders, id)
    if (letter === undefined) throw notFound('dead letter')
    return wholeLetterDocument(letter, await actsOn(orders, id))
  }

  return new OpenAPIHono<Env>()
    .openapi(redriveAll, async (c) => {
      const { ids, filter = {}, dryRun: dry, reason: why = '' } = c.req.valid('json')
      const subject = ids === undefined ? 'filter' : `${ids.length} letters`
      c.set('audited', { subject, asked: { dryRun: dry, ...(ids === undefined && { filter }) } })
      const result = await redriveMany(deps, c.var.principal, ids === undefined ? filter : { ids }, {
        reason: why,
        dry,
      })
      return dry ? c.json(result, 200) : c.json(result, 202)
    })
    .openapi(redrive, async (c) => {
      const { id } = c.req.valid('param')
      const asked = c.req.valid('json')
      c.set('audited', { subject: id, asked: { reason: asked.reason, edited: asked.data !== undefined } })
      await redriveOne(deps, c.var.principal, id, asked)
      return c.json(await document(id), 202)
    })
    .openapi(discard, async (c) => {
      const { id } = c.req.valid('param')
      const { reason: why } = c.req.valid('json')
      c.set('audited', { subject: id, asked: { reason: why } })
      await discardOne(deps, c.var.principal, id, why)
      return c.json(await document(id), 200)
    })
}
