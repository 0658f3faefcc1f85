import { randomUUID } from 'node:crypto'
import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { type Campaign, createCampaign, findCampaign, listCampaigns } from '../../workers/notification/campaigns.ts'
import { countOfCampaign } from '../../workers/notification/queries.ts'
import { messageStates } from '../../workers/notification/tables.ts'
import { admin } from '../access.ts'
import { decodeRow, encodeCursor, pageOf } from '../cursor.ts'
import type { Deps } from '../deps.ts'
import type { Env } from '../env.ts'
import { cursorField, limitField, nextCursor, prose, text, time } from '../fields.ts'
import { badBody, body, json, locked, problems } from '../openapi.ts'
import { uuidV5 } from '../orders/ids.ts'
import { idempotencyHeader, idempotencyKeyOf } from '../idempotency-key.ts'
import { notFound, ProblemError } from '../problem.ts'

const tags = ['Operators']
/** Of ids made from keys: another one would give every campaign another id, so it stays. */
const namespace = '2f1f0a52-95d8-4b0c-8a55-64b8f4f0c1ab'

export const campaignSchema = z
  .object({
    id: z.string(),
    subject: z.string(),
    text: z.string(),
    createdAt: time,
    queued: z.int().openapi({ description: 'Customers whose message is on its way so far' }),
    finishedAt: time.nullable().openapi({ description: 'Since when all are; null before' }),
  })
  .openapi('Campaign')

const send = createRoute({
  method: 'post',
  path: '/v1/admin/campaigns',
  summary: 'Write to every customer who chose to hear of news and offers',
  description: 'It goes out behind whatever there is to tell about orders, and never before it.',
  tags,
  ...admin,
  request: {
    headers: z.object(idempotencyHeader('The same key is the same campaign, however often it is sent.')),
    ...body(
      z
        .strictObject({ subject: text(200), text: prose(20_000, 1) })
        .openapi('NewCampaign', { example: { subject: 'New mugs', text: 'They are blue, and they are here.' } }),
    ),
  },
  responses: {
    201: json(campaignSchema, 'Taken; see `Location`', 'Location'),
    200: json(campaignSchema, 'Taken before with the same key; see `Idempotency-Replayed`', 'Idempotency-Replayed'),
    ...problems(...locked, ...badBody, 'idempotency_key_reused'),
  },
})

const list = createRoute({
  method: 'get',
  path: '/v1/admin/campaigns',
  summary: 'Campaigns, newest first',
  tags,
  ...admin,
  request: { query: z.strictObject({ limit: limitField, cursor: cursorField }) },
  responses: {
    200: json(z.object({ items: z.array(campaignSchema).readonly(), nextCursor }), 'A page of them'),
    ...problems(...locked, 'validation_failed'),
  },
})

const counts = z
  .array(z.object({ status: z.enum(messageStates), count: z.int() }))
  .readonly()
  .openapi({ description: 'What became of its messages so far, by state' })

export const progressSchema = campaignSchema.extend({ messages: counts }).openapi('CampaignProgress')

const one = createRoute({
  method: 'get',
  path: '/v1/admin/campaigns/{id}',
  summary: 'How far a campaign is',
  tags,
  ...admin,
  request: {
    params: z.object({ id: z.string().openapi({ format: 'uuid', example: '0b6f7d0a-93a1-4c7b-9c55-f2f6b7a3a9d1' }) }),
  },
  responses: {
    200: json(progressSchema, 'The campaign'),
    ...problems(...locked, 'not_found'),
  },
})

const documentOf = ({ createdAt, finishedAt, ...rest }: Campaign) => ({
  ...rest,
  createdAt: createdAt.toISOString(),
  finishedAt: finishedAt?.toISOString() ?? null,
})

export function campaignRoutes({ notification }: Pick<Deps, 'notification'>) {
  return new OpenAPIHono<Env>()
    .openapi(send, async (c) => {
      const key = idempotencyKeyOf(c)
      const given = c.req.valid('json')
      const createdBy = c.var.principal.id
      const id = key === undefined ? randomUUID() : uuidV5(namespace, `${createdBy}:${key}`)
      const { isNew, campaign: stored } = await createCampaign(notification, { id, ...given, createdBy })
      c.set('audited', { subject: id })
      if (isNew) return c.json(documentOf(stored), 201, { Location: `/v1/admin/campaigns/${id}` })
      if (stored.subject !== given.subject || stored.text !== given.text) {
        throw new ProblemError('idempotency_key_reused', 'Another campaign was sent with it. Take a new key.')
      }
      return c.json(documentOf(stored), 200, { 'Idempotency-Replayed': 'true' })
    })
    .openapi(list, async (c) => {
      const { limit = 20, cursor } = c.req.valid('query')
      const before = decodeRow(cursor)
      const found = await listCampaigns(notification, { before, limit: limit + 1 })
      const { rows, ...page } = pageOf(found, limit, (last) => encodeCursor(last.createdAt.toISOString(), last.id))
      return c.json({ items: rows.map(documentOf), ...page }, 200)
    })
    .openapi(one, async (c) => {
      const { id } = c.req.valid('param')
      const found = await findCampaign(notification, id)
      if (found === undefined) throw notFound('campaign')
      const told = await countOfCampaign(notification, id)
      const messages = told.map(({ state: status, count }) => ({ status, count: Number(count) }))
      return c.json({ ...documentOf(found), messages }, 200)
    })
}
