import { randomUUID } from 'node:crypto'
import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { countTests, findDelivery, listDeliveries } from '../../workers/webhook/deliveries.ts'
import { findEndpoint } from '../../workers/webhook/endpoints.ts'
import { startAgain } from '../../workers/webhook/start-delivery.ts'
import { hearer, ordersReader } from '../access.ts'
import { decodeRow, encodeCursor, isId, pageOf } from '../cursor.ts'
import type { Deps } from '../deps.ts'
import type { Env } from '../env.ts'
import { cursorField, limitField, nextCursor } from '../fields.ts'
import { json, locked, problems } from '../openapi.ts'
import { notFound, ProblemError } from '../problem.ts'
import { deliveryDocument, deliverySchema, statusSchema } from '../webhooks/documents.ts'
import { readable, tendable } from '../webhooks/reach.ts'
import { dryRun, sendTest } from '../webhooks/send-test.ts'
import { endpointParams } from './webhook-endpoints.ts'

const tags = ['Webhook endpoints']
const mostTestsPerMinute = 10

const list = createRoute({
  method: 'get',
  path: '/v1/webhook-endpoints/{id}/deliveries',
  summary: 'What was sent to a webhook endpoint, newest first, with every attempt',
  tags,
  ...ordersReader,
  request: {
    params: endpointParams,
    query: z.strictObject({ status: statusSchema.optional(), limit: limitField, cursor: cursorField }),
  },
  responses: {
    200: json(z.object({ items: z.array(deliverySchema).readonly(), nextCursor }), 'A page of the log'),
    ...problems(...locked, 'not_found', 'validation_failed'),
  },
})

export const trialSchema = z
  .object({
    delivery: z.union([deliverySchema, z.null()]),
    wouldSend: z.object({ url: z.string(), headers: z.record(z.string(), z.string()), body: z.string() }).nullable(),
  })
  .openapi('WebhookTest')

const test = createRoute({
  method: 'post',
  path: '/v1/webhook-endpoints/{id}/test',
  summary: 'Send an event that tells of nothing, and see what comes of it',
  description:
    'Tried once, also where the endpoint is disabled. The answer waits for the attempt for some seconds. With ' +
    '`dryRun=true` nothing is sent: the answer has what would be, with its signature.',
  tags,
  ...hearer,
  request: {
    params: endpointParams,
    query: z.strictObject({ dryRun: z.enum(['true', 'false']).optional() }),
  },
  responses: {
    200: json(trialSchema, 'The delivery with its attempt, or of a dry run what would be sent'),
    ...problems(...locked, 'not_found', 'validation_failed'),
  },
})

const redeliver = createRoute({
  method: 'post',
  path: '/v1/webhook-deliveries/{id}/redeliver',
  summary: 'Deliver once more',
  description:
    'Under way, it is tried at once, although the circuit breaker is open; over, it begins again, under the same ' +
    '`webhook-id`. Admins may do it for others.',
  tags,
  ...hearer,
  request: { params: endpointParams },
  responses: {
    202: json(deliverySchema, 'Asked for; as it was until now'),
    ...problems(...locked, 'not_found', 'webhook_endpoint_disabled'),
  },
})

const missing = () => notFound('webhook endpoint')

/** What became of webhooks to others. */
export function webhookDeliveryRoutes(deps: Deps) {
  const { webhook, webhooks, temporal, taskQueue } = deps
  return new OpenAPIHono<Env>()
    .openapi(list, async (c) => {
      const { id } = c.req.valid('param')
      const { status, limit = 20, cursor } = c.req.valid('query')
      const before = decodeRow(cursor)
      const endpoint = isId(id) ? await findEndpoint(webhook, readable(c.var.principal), id) : undefined
      if (endpoint === undefined) throw missing()
      const found = await listDeliveries(webhook, id, { status, before, limit: limit + 1 })
      const { rows, ...page } = pageOf(found, limit, (row) => encodeCursor(row.created_at.toISOString(), row.id))
      return c.json({ items: rows.map(deliveryDocument), ...page }, 200)
    })
    .openapi(test, async (c) => {
      const { id } = c.req.valid('param')
      const endpoint = isId(id) ? await findEndpoint(webhook, { of: c.var.principal.id }, id) : undefined
      if (endpoint === undefined) throw missing()
      if (c.req.valid('query').dryRun === 'true') {
        return c.json({ delivery: null, wouldSend: dryRun(endpoint, webhooks.keys) }, 200)
      }
      if ((await countTests(webhook, id, new Date(Date.now() - 60_000))) >= mostTestsPerMinute) {
        const headers = { 'Retry-After': '60' }
        throw new ProblemError('too_many_requests', `There may be ${mostTestsPerMinute} tests a minute.`, { headers })
      }
      const sent = await sendTest(deps, endpoint)
      return c.json({ delivery: deliveryDocument(sent), wouldSend: null }, 200)
    })
    .openapi(redeliver, async (c) => {
      const { id } = c.req.valid('param')
      const found = isId(id) ? await findDelivery(webhook, tendable(c.var.principal), id) : undefined
      if (found === undefined) throw notFound('webhook delivery')
      if (!found.isEnabled) throw new ProblemError('webhook_endpoint_disabled', 'Enable it first.')
      const named = { id, endpointId: found.endpoint_id, eventId: found.event_id }
      await startAgain(temporal.client, named, { taskQueue, timeScale: webhooks.timeScale }, randomUUID())
      return c.json(deliveryDocument(found), 202)
    })
}
