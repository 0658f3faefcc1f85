import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { signedIn } from '../access.ts'
import { recordAudit } from '../audit.ts'
import type { Deps } from '../deps.ts'
import type { Env } from '../env.ts'
import { text, time } from '../fields.ts'
import type { Principal } from '../identity/access-token.ts'
import { findCredentials, renameAccount } from '../identity/accounts.ts'
import { passwordField } from '../identity/password-field.ts'
import { replacePassword } from '../identity/password-reset.ts'
import { verifyPassword } from '../identity/passwords.ts'
import { clearRefreshCookie } from '../identity/refresh-cookie.ts'
import { endSession, endSessions, listSessions } from '../identity/sessions.ts'
import { limitAttempts } from '../limits/attempts.ts'
import { badBody, body, json, locked, problems } from '../openapi.ts'
import { notFound, ProblemError } from '../problem.ts'
import { accountClosed, user } from './auth.ts'

const tags = ['Accounts']

export const sessionSchema = z
  .object({
    id: z.string(),
    startedAt: time,
    lastUsedAt: time,
    expiresAt: time,
    current: z.boolean().openapi({ description: 'Whether this call comes from it' }),
    userAgent: z.string().openapi({ description: 'At the sign-in; 200 characters at most' }),
    address: z.string(),
  })
  .openapi('LiveSession')

const rename = createRoute({
  method: 'patch',
  path: '/v1/me',
  summary: 'Change one’s name',
  tags,
  ...signedIn,
  request: body(z.strictObject({ name: text(200) }).openapi('Renaming', { example: { name: 'Kim Example' } })),
  responses: { 200: json(user, 'The account'), ...problems(...locked, ...badBody) },
})

const password = createRoute({
  method: 'post',
  path: '/v1/me/password',
  summary: 'Change one’s password',
  description: 'Ends every other session.',
  tags,
  ...signedIn,
  request: body(
    z.strictObject({ currentPassword: z.string().max(1024), newPassword: passwordField }).openapi('PasswordChange', {
      example: { currentPassword: 'customer-demo-1', newPassword: 'a better one than that' },
    }),
  ),
  responses: {
    204: { description: 'Changed' },
    ...problems(...locked, ...badBody, 'wrong_password', 'too_many_requests', 'overloaded'),
  },
})

const sessions = createRoute({
  method: 'get',
  path: '/v1/me/sessions',
  summary: 'Where one is signed in, the latest used first',
  tags,
  ...signedIn,
  responses: { 200: json(z.object({ items: z.array(sessionSchema).readonly() }), 'Sessions'), ...problems(...locked) },
})

const end = createRoute({
  method: 'delete',
  path: '/v1/me/sessions/{id}',
  summary: 'Sign out one device',
  tags,
  ...signedIn,
  request: {
    params: z.object({
      id: z.string().openapi({ format: 'uuid', example: '0b6f7d0a-93a1-4c7b-9c55-f2f6b7a3a9d1' }),
    }),
  },
  responses: { 204: { description: 'Ended' }, ...problems(...locked, 'not_found') },
})

const endAll = createRoute({
  method: 'post',
  path: '/v1/auth/logout-everywhere',
  summary: 'Sign out every device, this one too',
  tags,
  ...signedIn,
  responses: { 204: { description: 'Signed out' }, ...problems(...locked) },
})

/** What people do to their own account. */
export function meRoutes(deps: Pick<Deps, 'identity' | 'log' | 'limits' | 'proxies'>) {
  const { identity } = deps
  const own = ({ id, role }: Principal) => ({ actor: { kind: role, id }, target: id })

  const app = new OpenAPIHono<Env>()
  app.use(password.path, limitAttempts(deps, 'change-password'))
  return app
    .openapi(rename, async (c) => {
      const account = await renameAccount(identity, c.var.principal.id, c.req.valid('json').name)
      if (account === undefined) throw accountClosed()
      return c.json(account, 200)
    })
    .openapi(password, async (c) => {
      const { principal } = c.var
      const { currentPassword, newPassword } = c.req.valid('json')
      const account = await findCredentials(identity, principal.id)
      if (account === undefined) throw accountClosed()
      const isRight = await verifyPassword(account.proven, currentPassword)
      const changed = isRight && (await replacePassword(identity, account, newPassword, sessionOf(principal)))
      const outcome = changed ? 'done' : 'refused'
      await recordAudit(deps, c, { action: 'password.changed', ...own(principal), outcome })
      if (!changed) throw wrongPassword()
      return c.body(null, 204)
    })
    .openapi(sessions, async (c) => {
      const found = await listSessions(identity, c.var.principal.id)
      const current = sessionOf(c.var.principal)
      return c.json({ items: found.map((one) => ({ ...one, current: one.id === current })) }, 200)
    })
    .openapi(end, async (c) => {
      const { principal } = c.var
      const { id } = c.req.valid('param')
      if (!(await endSession(identity, principal.id, id))) throw notFound('session')
      if (id === sessionOf(principal)) clearRefreshCookie(c)
      await recordAudit(deps, c, { action: 'session.ended', ...own(principal), detail: { sessionId: id } })
      return c.body(null, 204)
    })
    .openapi(endAll, async (c) => {
      const { principal } = c.var
      await endSessions(identity, principal.id)
      clearRefreshCookie(c)
      await recordAudit(deps, c, { action: 'logout.everywhere', ...own(principal) })
      return c.body(null, 204)
    })
}

const sessionOf = (principal: Principal): string | undefined =>
  principal.role === 'program' ? undefined : principal.sessionId

function wrongPassword(): ProblemError {
  const violation = { pointer: '/currentPassword', code: 'wrong_password', message: 'Is not the current password' }
  return new ProblemError('wrong_password', 'Nothing was changed.', { violations: [violation] })
}
