import { randomUUID } from 'node:crypto'
import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { type Campaign, createCampaign, findCampaign } from '../../workers/notification/campaigns.ts'
import { admin } from '../access.ts'
import type { Deps } from '../deps.ts'
import type { Env } from '../env.ts'
import { prose, text, time } from '../fields.ts'
import { badBody, body, json, locked, problems } from '../openapi.ts'
import { uuidV5 } from '../orders/ids.ts'
import { readIdempotencyKey } from '../orders/request-headers.ts'
import { invalid, notFound, ProblemError } from '../problem.ts'

const tags = ['Operators']
/** Of ids made from keys: another one would give every campaign another id, so it stays. */
const namespace = '2f1f0a52-95d8-4b0c-8a55-64b8f4f0c1ab'

const campaign = z
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
    headers: z.object({
      'idempotency-key': z.string().optional().openapi({
        description: '1 to 255 printable characters. The same key is the same campaign, however often it is sent.',
        example: '"8e03978e-40d5-43dd-bc93-6894a57f9324"',
      }),
    }),
    ...body(
      z
        .strictObject({ subject: text(200), text: prose(20_000, 1) })
        .openapi('NewCampaign', { example: { subject: 'New mugs', text: 'They are blue, and they are here.' } }),
    ),
  },
  responses: {
    201: json(campaign, 'Taken; see `Location`', 'Location'),
    200: json(campaign, 'Taken before with the same key; see `Idempotency-Replayed`', 'Idempotency-Replayed'),
    ...problems(...locked, ...badBody, 'idempotency_key_reused'),
  },
})

const one = createRoute({
  method: 'get',
  path: '/v1/admin/campaigns/{id}',
  summary: 'How far a campaign is',
  tags,
  ...admin,
  request: {
    params: z.object({ id: z.string().openapi({ format: 'uuid', example: '0b6f7d0a-93a1-4c7b-9c55-f2f6b7a3a9d1' }) }),
  },
  responses: { 200: json(campaign, 'The campaign'), ...problems(...locked, 'not_found') },
})

const documentOf = ({ createdAt, finishedAt, ...rest }: Campaign) => ({
  ...rest,
  createdAt: createdAt.toISOString(),
  finishedAt: finishedAt?.toISOString() ?? null,
})

export function campaignRoutes({ notification }: Pick<Deps, 'notification'>) {
  return new OpenAPIHono<Env>()
    .openapi(send, async (c) => {
      const { key, violations } = readIdempotencyKey(c.req.header('Idempotency-Key'))
      if (violations.length > 0) throw invalid(violations)
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
    .openapi(one, async (c) => {
      const found = await findCampaign(notification, c.req.valid('param').id)
      if (found === undefined) throw notFound('campaign')
      return c.json(documentOf(found), 200)
    })
}
