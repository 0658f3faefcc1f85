import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import {
  changeEndpoint,
  createEndpoint,
  deleteEndpoint,
  findEndpoint,
  listEndpoints,
  rotateSecret,
} from '../../workers/webhook/endpoints.ts'
import { hearer, ordersReader } from '../access.ts'
import { decodeRow, encodeCursor, isId, pageOf } from '../cursor.ts'
import type { Deps } from '../deps.ts'
import type { Env } from '../env.ts'
import { cursorField, limitField, nextCursor, time } from '../fields.ts'
import { badBody, body, json, locked, problems } from '../openapi.ts'
import { notFound, ProblemError } from '../problem.ts'
import { endpointDocument, endpointSchema } from '../webhooks/documents.ts'
import { mayHearAll } from '../webhooks/hearers.ts'
import { ownerOf, readable, tendable } from '../webhooks/reach.ts'
import { endpointChangeSchema, goodUrl, newEndpointSchema } from '../webhooks/wish.ts'

const tags = ['Webhook endpoints']
const secret = z
  .string()
  .openapi({ example: 'whsec_AAAA', description: 'Shown this once. What is sent is signed with it' })

export const endpointParams = z.object({
  id: z.string().openapi({ format: 'uuid', example: '3f2c8f8e-5c1b-4d4e-9a58-0d6a3c1f7b21' }),
})

const create = createRoute({
  method: 'post',
  path: '/v1/webhook-endpoints',
  summary: 'Be told of orders by webhook',
  description:
    'Customers are told of their own orders, admins and programs of all. Signed as Standard Webhooks has it. ' +
    'Events of before are not sent.',
  tags,
  ...hearer,
  request: body(newEndpointSchema),
  responses: {
    201: json(endpointSchema.extend({ secret }).openapi('WebhookEndpointOpened'), 'Opened', 'Location'),
    ...problems(...locked, ...badBody, 'too_many_webhook_endpoints'),
  },
})

const list = createRoute({
  method: 'get',
  path: '/v1/webhook-endpoints',
  summary: 'Own webhook endpoints, newest first; for staff all',
  tags,
  ...ordersReader,
  request: { query: z.strictObject({ limit: limitField, cursor: cursorField }) },
  responses: {
    200: json(z.object({ items: z.array(endpointSchema).readonly(), nextCursor }), 'A page of them'),
    ...problems(...locked, 'validation_failed'),
  },
})

const read = createRoute({
  method: 'get',
  path: '/v1/webhook-endpoints/{id}',
  summary: 'A webhook endpoint, with the state of its circuit breaker',
  tags,
  ...ordersReader,
  request: { params: endpointParams },
  responses: { 200: json(endpointSchema, 'The endpoint'), ...problems(...locked, 'not_found') },
})

const change = createRoute({
  method: 'patch',
  path: '/v1/webhook-endpoints/{id}',
  summary: 'Change a webhook endpoint, disable it or enable it',
  description: 'What was disabled meanwhile is not sent by itself: ask for a redelivery.',
  tags,
  ...hearer,
  request: { params: endpointParams, ...body(endpointChangeSchema) },
  responses: { 200: json(endpointSchema, 'As it is now'), ...problems(...locked, ...badBody, 'not_found') },
})

const remove = createRoute({
  method: 'delete',
  path: '/v1/webhook-endpoints/{id}',
  summary: 'Delete a webhook endpoint with its log',
  description: 'Admins may delete anybody’s.',
  tags,
  ...hearer,
  request: { params: endpointParams },
  responses: { 204: { description: 'Gone' }, ...problems(...locked, 'not_found') },
})

const rotate = createRoute({
  method: 'post',
  path: '/v1/webhook-endpoints/{id}/secret',
  summary: 'Get a new secret; the old one signs too for 24 hours',
  tags,
  ...hearer,
  request: { params: endpointParams },
  responses: {
    201: json(z.object({ secret, oldSecretUntil: time }).openapi('WebhookSecret'), 'What is sent has two signatures'),
    ...problems(...locked, 'not_found'),
  },
})

const missing = () => notFound('webhook endpoint')
const idOf = ({ id }: { readonly id: string }): string => {
  if (!isId(id)) throw missing()
  return id
}

/** Endpoints of webhooks to others. */
export function webhookEndpointRoutes({
  identity,
  webhook,
  webhooks,
}: Pick<Deps, 'identity' | 'webhook' | 'webhooks'>) {
  return new OpenAPIHono<Env>()
    .openapi(create, async (c) => {
      const { url, events, description = '' } = c.req.valid('json')
      const owner = ownerOf(c.var.principal)
      const wish = { url: goodUrl(url, webhooks.targets), events, description }
      if (owner.kind !== 'customer' && !(await mayHearAll(identity, owner))) {
        throw new ProblemError('forbidden', 'Staff of another identity provider have a program do this.')
      }
      const made = await createEndpoint(webhook, owner, wish, webhooks)
      if (made === undefined) throw new ProblemError('too_many_webhook_endpoints', `There may be ${webhooks.most}.`)
      const row = await findEndpoint(webhook, { of: owner.id }, made.id)
      if (row === undefined) throw missing() // deleted by another request of theirs
      c.set('audited', { subject: made.id, asked: { events } })
      c.header('Location', `/v1/webhook-endpoints/${made.id}`)
      return c.json({ ...endpointDocument(row), secret: made.secret }, 201)
    })
    .openapi(list, async (c) => {
      const { limit = 20, cursor } = c.req.valid('query')
      const before = decodeRow(cursor)
      const found = await listEndpoints(webhook, readable(c.var.principal), { before, limit: limit + 1 })
      const { rows, ...page } = pageOf(found, limit, (last) => encodeCursor(last.created_at.toISOString(), last.id))
      return c.json({ items: rows.map((row) => endpointDocument(row)), ...page }, 200)
    })
    .openapi(read, async (c) => {
      const row = await findEndpoint(webhook, readable(c.var.principal), idOf(c.req.valid('param')))
      if (row === undefined) throw missing()
      return c.json(endpointDocument(row), 200)
    })
    .openapi(change, async (c) => {
      const id = idOf(c.req.valid('param'))
      const { url, enabled, ...wish } = c.req.valid('json')
      const { id: owner } = c.var.principal
      const target = url === undefined ? {} : { url: goodUrl(url, webhooks.targets) }
      const isChanged = await changeEndpoint(webhook, owner, id, { ...wish, ...target, isEnabled: enabled })
      const row = isChanged ? await findEndpoint(webhook, { of: owner }, id) : undefined
      if (row === undefined) throw missing()
      c.set('audited', { subject: id, asked: { events: wish.events, enabled, address: url && 'changed' } })
      return c.json(endpointDocument(row), 200)
    })
    .openapi(remove, async (c) => {
      if (!(await deleteEndpoint(webhook, tendable(c.var.principal), idOf(c.req.valid('param'))))) throw missing()
      return c.body(null, 204)
    })
    .openapi(rotate, async (c) => {
      const rotated = await rotateSecret(webhook, c.var.principal.id, idOf(c.req.valid('param')), webhooks.keys)
      if (rotated === undefined) throw missing()
      return c.json({ secret: rotated.secret, oldSecretUntil: rotated.oldUntil.toISOString() }, 201)
    })
}
