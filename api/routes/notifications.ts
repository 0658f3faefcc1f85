import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { uuidPattern } from '../../domain/ids.ts'
import { lanes } from '../../events/topics.ts'
import { findCampaigns } from '../../workers/notification/campaigns.ts'
import { kinds } from '../../workers/notification/kinds.ts'
import { letterOf } from '../../workers/notification/mails.ts'
import { countWaiting, listMessages } from '../../workers/notification/queries.ts'
import { messageStates } from '../../workers/notification/tables.ts'
import { admin } from '../access.ts'
import { decodeCursor, encodeCursor, isNumber, pageOf } from '../cursor.ts'
import type { Deps } from '../deps.ts'
import type { Env } from '../env.ts'
import { cursorField, limitField, nextCursor, time } from '../fields.ts'
import { addressesOf } from '../identity/accounts.ts'
import { json, locked, problems } from '../openapi.ts'

const idOf = (what: string) =>
  z
    .string()
    .regex(uuidPattern, `Has to be the id of ${what}`)
    .optional()
    .openapi({ format: 'uuid', example: '0b6f7d0a-93a1-4c7b-9c55-f2f6b7a3a9d1' })
const status = z.enum(messageStates).openapi({
  description:
    '`sent`: a mail server took it. `kept`: no mail server is configured, it is here to be read. `refused`: the mail ' +
    'server takes nothing for this address. `unwanted`: the customer does not want it. `failed`: there is no account any ' +
    'more, or no mail server took it for days.',
})

export const messageSchema = z
  .object({
    id: z.string(),
    kind: z.enum(kinds),
    lane: z.enum(lanes),
    status,
    customerId: z.string(),
    orderId: z.string().nullable(),
    campaignId: z.string().nullable(),
    eventId: z.string().nullable().openapi({ description: 'Of the event that it tells of; null for a campaign' }),
    to: z.string().nullable().openapi({ description: 'Null: the account is erased' }),
    subject: z.string(),
    text: z.string(),
    html: z.string(),
    attempts: z.int(),
    cause: z.string().nullable().openapi({ description: 'Why the last try failed' }),
    queuedAt: time,
    settledAt: time.nullable(),
  })
  .openapi('Notification')

const list = createRoute({
  method: 'get',
  path: '/v1/admin/notifications',
  summary: 'Messages to customers, newest first',
  description: 'Without a mail server this is where they are to be read.',
  tags: ['Operators'],
  ...admin,
  request: {
    query: z.strictObject({
      orderId: idOf('an order'),
      customerId: idOf('an account'),
      status: status.optional(),
      limit: limitField,
      cursor: cursorField,
    }),
  },
  responses: {
    200: json(z.object({ items: z.array(messageSchema).readonly(), nextCursor }), 'A page of messages'),
    ...problems(...locked, 'validation_failed'),
  },
})

export const queueSchema = z
  .object({
    lane: z.enum(lanes),
    waiting: z.int().openapi({ description: 'Queued, put off or on their way' }),
    oldestAt: time.nullable().openapi({ description: 'Since when the oldest of them waits' }),
  })
  .openapi('NotificationQueue')

const queues = createRoute({
  method: 'get',
  path: '/v1/admin/notifications/queues',
  summary: 'How many messages wait, by lane',
  description: 'Those that are to be sent now come first from the lane `realtime`, always.',
  tags: ['Operators'],
  ...admin,
  responses: {
    200: json(z.object({ items: z.array(queueSchema).readonly() }), 'Each lane'),
    ...problems(...locked),
  },
})

export function notificationRoutes(deps: Pick<Deps, 'identity' | 'notification' | 'publicUrl'>) {
  const { identity, notification, publicUrl } = deps
  return new OpenAPIHono<Env>()
    .openapi(list, async (c) => {
      const { limit = 20, cursor, ...filter } = c.req.valid('query')
      const [before] = cursor === undefined ? [] : decodeCursor(cursor, [isNumber])
      const wanted = { ...filter, ...(before !== undefined && { before: Number(before) }), limit: limit + 1 }
      const { rows, ...page } = pageOf(await listMessages(notification, wanted), limit, ({ id }) =>
        encodeCursor(String(id)),
      )
      const campaignIds = rows.flatMap(({ campaign_id }) => (campaign_id === null ? [] : [campaign_id]))
      const customerIds = rows.map(({ customer_id }) => customer_id)
      const [to, campaigns] = await Promise.all([
        addressesOf(identity, customerIds),
        findCampaigns(notification, campaignIds),
      ])
      const items = rows.map((row) => ({
        id: String(row.id),
        kind: row.kind,
        lane: row.lane,
        status: row.state,
        customerId: row.customer_id,
        orderId: row.order_id,
        campaignId: row.campaign_id,
        eventId: row.campaign_id === null ? row.source : null,
        to: to.get(row.customer_id) ?? null,
        ...letterOf({ ...row, orderId: row.order_id, campaign: campaigns.get(row.campaign_id ?? ''), publicUrl }),
        attempts: row.attempts,
        cause: row.cause,
        queuedAt: row.queued_at.toISOString(),
        settledAt: row.settled_at?.toISOString() ?? null,
      }))
      return c.json({ items, ...page }, 200)
    })
    .openapi(queues, async (c) => {
      const waiting = await countWaiting(notification)
      const items = lanes.map((lane) => {
        const found = waiting.find((one) => one.lane === lane)
        return { lane, waiting: found?.count ?? 0, oldestAt: found?.oldest?.toISOString() ?? null }
      })
      return c.json({ items }, 200)
    })
}
