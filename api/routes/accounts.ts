import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { admin, adminInPerson } from '../access.ts'
import { decodeCursor, encodeCursor, isId, isTime, pageOf } from '../cursor.ts'
import type { Deps } from '../deps.ts'
import type { Env } from '../env.ts'
import { cursorField, limitField, nextCursor, text, time } from '../fields.ts'
import { changeAccount, listAccounts, readAccount } from '../identity/admin-accounts.ts'
import { endSessions, listSessions } from '../identity/sessions.ts'
import { roles } from '../identity/tables.ts'
import { badBody, body, json, locked, problems } from '../openapi.ts'
import { notFound, ProblemError } from '../problem.ts'

export const accountSchema = z
  .object({
    id: z.string(),
    email: z.string(),
    name: z.string(),
    role: z.enum(roles),
    disabled: z.boolean(),
    createdAt: time,
  })
  .openapi('Account')
const detailSchema = accountSchema.extend({ liveSessions: z.int() }).openapi('AccountDetail')

const tags = ['Accounts']
const params = z.object({
  id: z.string().openapi({ format: 'uuid', example: '0b6f7d0a-93a1-4c7b-9c55-f2f6b7a3a9d1' }),
})

const list = createRoute({
  method: 'get',
  path: '/v1/admin/accounts',
  summary: 'Accounts, newest first',
  tags,
  ...admin,
  request: {
    query: z.strictObject({
      role: z.enum(roles).optional(),
      q: text(254).optional().openapi({ description: 'How the email address or the name begins' }),
      limit: limitField,
      cursor: cursorField,
    }),
  },
  responses: {
    200: json(z.object({ items: z.array(accountSchema).readonly(), nextCursor }), 'A page of accounts'),
    ...problems(...locked, 'validation_failed'),
  },
})

const find = createRoute({
  method: 'get',
  path: '/v1/admin/accounts/{id}',
  summary: 'One account',
  tags,
  ...admin,
  request: { params },
  responses: { 200: json(detailSchema, 'The account'), ...problems(...locked, 'not_found') },
})

const change = createRoute({
  method: 'patch',
  path: '/v1/admin/accounts/{id}',
  summary: 'Change an account’s role, disable or enable it',
  description: 'Not one’s own, and never the last enabled admin. Ends all sessions of the account.',
  tags,
  ...adminInPerson,
  request: {
    params,
    ...body(
      z
        .strictObject({ role: z.enum(roles).optional(), disabled: z.boolean().optional() })
        .refine(({ role, disabled }) => role !== undefined || disabled !== undefined, 'Says nothing to change')
        .openapi('AccountChange', { example: { role: 'support' } }),
    ),
  },
  responses: {
    200: json(accountSchema, 'The account as it is now'),
    ...problems(...locked, ...badBody, 'not_found', 'own_account', 'last_admin'),
  },
})

const end = createRoute({
  method: 'delete',
  path: '/v1/admin/accounts/{id}/sessions',
  summary: 'End all sessions of an account',
  tags,
  ...adminInPerson,
  request: { params },
  responses: { 204: { description: 'Ended' }, ...problems(...locked, 'not_found') },
})

export function accountRoutes({ identity }: Pick<Deps, 'identity'>) {
  return new OpenAPIHono<Env>()
    .openapi(list, async (c) => {
      const { limit = 20, cursor, role, q } = c.req.valid('query')
      const [createdAt = '', id = ''] = cursor === undefined ? [] : decodeCursor(cursor, [isTime, isId])
      const after = cursor === undefined ? undefined : { createdAt: new Date(createdAt), id }
      const found = await listAccounts(identity, { role, text: q, after, limit: limit + 1 })
      const { rows, ...page } = pageOf(found, limit, (row) => encodeCursor(row.createdAt, row.id))
      return c.json({ items: rows, ...page }, 200)
    })
    .openapi(find, async (c) => {
      const account = await readAccount(identity, c.req.valid('param').id)
      if (account === undefined) throw notFound('account')
      return c.json({ ...account, liveSessions: (await listSessions(identity, account.id)).length }, 200)
    })
    .openapi(change, async (c) => {
      const { id } = c.req.valid('param')
      const asked = c.req.valid('json')
      c.set('audited', { subject: id, asked })
      if (id === c.var.principal.id) throw new ProblemError('own_account', 'Another admin has to do this.')
      const result = await changeAccount(identity, id, asked)
      if (result.kind === 'unknown') throw notFound('account')
      if (result.kind === 'lastAdmin') throw new ProblemError('last_admin', 'Make somebody else an admin first.')
      return c.json(result.account, 200)
    })
    .openapi(end, async (c) => {
      const account = await readAccount(identity, c.req.valid('param').id)
      if (account === undefined) throw notFound('account')
      await endSessions(identity, account.id)
      return c.body(null, 204)
    })
}
