import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { admin, adminInPerson } from '../access.ts'
import { decodeRow, encodeCursor, pageOf } from '../cursor.ts'
import type { Deps } from '../deps.ts'
import type { Env } from '../env.ts'
import { cursorField, limitField, nextCursor, text, time } from '../fields.ts'
import { addSecret, removeSecret } from '../identity/service-account-keys.ts'
import { createServiceAccount, listServiceAccounts, revokeServiceAccount } from '../identity/service-accounts.ts'
import { scopes } from '../identity/tables.ts'
import { badBody, body, json, locked, problems } from '../openapi.ts'
import { invalid, notFound, ProblemError } from '../problem.ts'

const tags = ['Programs']
const scopeField = z.enum(scopes)

const wanted = z
  .strictObject({
    name: text(100),
    scopes: z
      .array(scopeField)
      .min(1)
      .max(scopes.length)
      .refine((given) => new Set(given).size === given.length, {
        message: 'Has one of them twice',
        params: { code: 'repeated' },
      }),
    expiresAt: time.optional(),
  })
  .openapi('NewServiceAccount', { example: { name: 'Warehouse', scopes: ['orders:read', 'stock:write'] } })

const newSecret = z.object({
  keyId: z.string(),
  secret: z.string().openapi({ description: 'Shown this once: only its hash is kept' }),
})

const create = createRoute({
  method: 'post',
  path: '/v1/admin/service-accounts',
  summary: 'Open a service account for a program',
  description: '`id` is the `client_id`, `secret` the `client_secret` of `POST /v1/auth/token`.',
  tags,
  ...adminInPerson,
  request: body(wanted),
  responses: {
    201: json(z.object({ id: z.string() }).extend(newSecret.shape).openapi('ServiceAccountOpened'), 'Opened'),
    ...problems(...locked, ...badBody),
  },
})

const key = z.object({
  id: z.string(),
  createdAt: time,
  createdBy: z.string(),
  lastUsedAt: time.nullable(),
})
export const serviceAccountSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    scopes: z.array(scopeField).readonly(),
    createdAt: time,
    createdBy: z.string(),
    expiresAt: time.nullable(),
    lastUsedAt: time.nullable().openapi({ description: 'When it last got a token' }),
    revokedAt: time.nullable(),
    keys: z.array(key).readonly(),
  })
  .openapi('ServiceAccount')

const list = createRoute({
  method: 'get',
  path: '/v1/admin/service-accounts',
  summary: 'Service accounts, newest first',
  tags,
  ...admin,
  request: { query: z.strictObject({ limit: limitField, cursor: cursorField }) },
  responses: {
    200: json(
      z.object({ items: z.array(serviceAccountSchema).readonly(), nextCursor }),
      'A page of them, revoked ones too',
    ),
    ...problems(...locked, 'validation_failed'),
  },
})

const anId = z.string().openapi({ format: 'uuid', example: '3f2c8f8e-5c1b-4d4e-9a58-0d6a3c1f7b21' })
const params = z.object({ id: anId })
const keyParams = params.extend({ keyId: anId })

const addKey = createRoute({
  method: 'post',
  path: '/v1/admin/service-accounts/{id}/keys',
  summary: 'Add a second secret, to change to',
  tags,
  ...adminInPerson,
  request: { params },
  responses: {
    201: json(newSecret.openapi('ServiceAccountKeyAdded'), 'Both secrets are good'),
    ...problems(...locked, 'not_found', 'too_many_keys'),
  },
})

const removeKey = createRoute({
  method: 'delete',
  path: '/v1/admin/service-accounts/{id}/keys/{keyId}',
  summary: 'Take a secret away',
  description: 'It gets no token any more; those it got live to their end, ten minutes at most.',
  tags,
  ...adminInPerson,
  request: { params: keyParams },
  responses: { 204: { description: 'Gone' }, ...problems(...locked, 'not_found', 'last_key') },
})

const revoke = createRoute({
  method: 'delete',
  path: '/v1/admin/service-accounts/{id}',
  summary: 'Revoke a service account',
  description: 'For ever. It gets no token any more; those it got are refused within five seconds.',
  tags,
  ...adminInPerson,
  request: { params },
  responses: { 204: { description: 'Revoked' }, ...problems(...locked, 'not_found') },
})

/** Service accounts, for admins. */
export function serviceAccountRoutes({ identity }: Pick<Deps, 'identity'>) {
  return new OpenAPIHono<Env>()
    .openapi(create, async (c) => {
      const { name, scopes: granted, expiresAt } = c.req.valid('json')
      const expires = expiresAt === undefined ? undefined : new Date(expiresAt)
      if (expires !== undefined && expires <= new Date()) {
        throw invalid([{ pointer: '/expiresAt', code: 'in_the_past', message: 'Has to be in the future' }])
      }
      const { id, secret } = await createServiceAccount(
        identity,
        { name, scopes: granted, expiresAt: expires },
        c.var.principal.id,
      )
      c.set('audited', { subject: id, asked: { scopes: granted, ...(expiresAt !== undefined && { expiresAt }) } })
      return c.json({ id, ...secret }, 201)
    })
    .openapi(list, async (c) => {
      const { limit = 20, cursor } = c.req.valid('query')
      const before = decodeRow(cursor)
      const found = await listServiceAccounts(identity, { before, limit: limit + 1 })
      const { rows, ...page } = pageOf(found, limit, (last) => encodeCursor(last.createdAt, last.id))
      return c.json({ items: rows, ...page }, 200)
    })
    .openapi(addKey, async (c) => {
      const { id } = c.req.valid('param')
      const added = await addSecret(identity, id, c.var.principal.id)
      if (added.kind === 'unknown') throw notFound('live service account')
      if (added.kind === 'full') throw new ProblemError('too_many_keys', 'Take one of them away first.')
      c.set('audited', { subject: id, asked: { keyId: added.secret.keyId } })
      return c.json(added.secret, 201)
    })
    .openapi(removeKey, async (c) => {
      const { id, keyId } = c.req.valid('param')
      const removed = await removeSecret(identity, id, keyId)
      if (removed === 'unknown') throw notFound('secret')
      if (removed === 'last') throw new ProblemError('last_key', 'Add another first, or revoke the service account.')
      return c.body(null, 204)
    })
    .openapi(revoke, async (c) => {
      if (!(await revokeServiceAccount(identity, c.req.valid('param').id))) throw notFound('live service account')
      return c.body(null, 204)
    })
}
