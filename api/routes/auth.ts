import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { createMiddleware } from 'hono/factory'
import { anyone, signedIn } from '../access.ts'
import { nobody, recordAudit } from '../audit.ts'
import { clientAddress } from '../client-address.ts'
import type { Deps } from '../deps.ts'
import type { Env } from '../env.ts'
import { text } from '../fields.ts'
import { accessTokenSeconds } from '../identity/access-token.ts'
import { type Account, createAccount, findAccount } from '../identity/accounts.ts'
import { isOwnOrigin } from '../identity/origin.ts'
import { passwordField } from '../identity/password-field.ts'
import { clearRefreshCookie, readRefreshCookie, setRefreshCookie } from '../identity/refresh-cookie.ts'
import { closeSession, type Opened, openSession, rotateRefreshToken } from '../identity/refresh-tokens.ts'
import type { Device } from '../identity/sessions.ts'
import { signIn } from '../identity/sign-in.ts'
import { roles } from '../identity/tables.ts'
import { limitAttempts } from '../limits/attempts.ts'
import { badBody, body, json, problems, locked } from '../openapi.ts'
import { idempotencyHeader, idempotencyKeyOf } from '../idempotency-key.ts'
import { ProblemError } from '../problem.ts'

const email = z.email().max(254).openapi({ example: 'kim@example.test' })
const registration = z.strictObject({ email, password: passwordField, name: text(200) }).openapi('Registration', {
  example: { email: 'kim@example.test', password: 'a-long-enough-secret', name: 'Kim Example' },
})
const credentials = z
  .strictObject({ email: z.string().max(254), password: z.string().max(1024) })
  .openapi('Credentials', { example: { email: 'customer@demo.test', password: 'customer-demo-1' } })

export const user = z
  .object({ id: z.string(), email: z.string(), name: z.string(), role: z.enum(roles) })
  .openapi('User')
const session = z
  .object({ user, accessToken: z.string(), tokenType: z.literal('Bearer'), expiresIn: z.int() })
  .openapi('Session')

const tags = ['Accounts']

const register = createRoute({
  method: 'post',
  path: '/v1/auth/register',
  summary: 'Open a customer account',
  tags,
  ...anyone,
  request: body(registration),
  responses: {
    201: json(session, 'Signed in; the refresh token comes as a cookie'),
    ...problems(...badBody, 'email_taken', 'too_many_requests', 'overloaded'),
  },
})

const login = createRoute({
  method: 'post',
  path: '/v1/auth/login',
  summary: 'Sign in',
  tags,
  ...anyone,
  request: body(credentials),
  responses: {
    200: json(session, 'Signed in; the refresh token comes as a cookie'),
    ...problems(...badBody, 'invalid_credentials', 'too_many_requests', 'overloaded'),
  },
})

/** Authenticated by the cookie alone, which browsers send by themselves: so it is asked which page makes them do it. */
const ownPagesOnly = createMiddleware<Env>(async (c, next) => {
  if (!isOwnOrigin(c.req.header('Origin'), c.req.header('Host'))) {
    throw new ProblemError('foreign_origin', 'This is for pages of this host.')
  }
  await next()
})

const refresh = createRoute({
  method: 'post',
  path: '/v1/auth/refresh',
  summary: 'Get a new access token with the refresh cookie',
  description:
    'The cookie is good once. Used twice, all that follow from the same sign-in are dead; but who got no answer asks ' +
    'again with the same `Idempotency-Key`.',
  tags,
  ...anyone,
  middleware: ownPagesOnly,
  request: {
    headers: z.object(idempotencyHeader('Random: another for each renewal, the same for each try of one.')),
  },
  responses: {
    200: json(session, 'A new access token, and the next refresh token as a cookie'),
    ...problems('invalid_refresh_token', 'foreign_origin', 'validation_failed'),
  },
})

const logout = createRoute({
  method: 'post',
  path: '/v1/auth/logout',
  summary: 'End the session of the refresh cookie',
  tags,
  ...anyone,
  middleware: ownPagesOnly,
  responses: { 204: { description: 'Signed out' }, ...problems('foreign_origin') },
})

const me = createRoute({
  method: 'get',
  path: '/v1/me',
  summary: 'Who is signed in',
  description: 'Of somebody from another identity provider it says what their token does; what it doesn’t is empty.',
  tags,
  ...signedIn,
  responses: { 200: json(user, 'The account'), ...problems(...locked) },
})

type Needs = Pick<Deps, 'identity' | 'accessTokens' | 'log' | 'limits' | 'proxies'>

/** Accounts: register, sign in and out, refresh, and who one is. */
export function authRoutes(deps: Needs) {
  const { identity, accessTokens, log, proxies } = deps
  async function sessionFor(c: Context<Env>, account: Account, { sessionId, token }: Opened) {
    setRefreshCookie(c, token)
    return {
      user: account,
      accessToken: await accessTokens.sign({ id: account.id, role: account.role, sessionId }),
      tokenType: 'Bearer' as const,
      expiresIn: accessTokenSeconds,
    }
  }
  const deviceOf = (c: Context<Env>): Device => ({
    userAgent: c.req.header('User-Agent') ?? '',
    address: clientAddress(c, proxies),
  })
  const actor = ({ id, role }: Account) => ({ kind: role, id })

  const app = new OpenAPIHono<Env>()
  app.use(login.path, limitAttempts(deps, 'login'))
  app.use(register.path, limitAttempts(deps, 'register'))
  return app
    .openapi(register, async (c) => {
      const given = c.req.valid('json')
      const account = await createAccount(identity, { ...given, role: 'customer' })
      if (account === undefined) throw new ProblemError('email_taken', 'Sign in instead, or take another address.')
      const opened = await openSession(identity, account.id, deviceOf(c))
      if (opened === undefined) throw new ProblemError('invalid_credentials', 'The account was closed meanwhile.')
      await recordAudit(deps, c, { action: 'register', actor: actor(account), target: account.id })
      return c.json(await sessionFor(c, account, opened), 201)
    })
    .openapi(login, async (c) => {
      const given = c.req.valid('json')
      const result = await signIn(identity, given.email, given.password, deviceOf(c))
      if (result.kind === 'refused') {
        const target = result.accountId ?? ''
        await recordAudit(deps, c, { action: 'login.refused', actor: nobody, target, outcome: 'refused' })
        throw new ProblemError('invalid_credentials', 'Check both and try again.')
      }
      const { account, opened } = result
      await recordAudit(deps, c, { action: 'login', actor: actor(account), target: account.id })
      return c.json(await sessionFor(c, account, opened), 200)
    })
    .openapi(refresh, async (c) => {
      const token = readRefreshCookie(c)
      const key = idempotencyKeyOf(c)
      const rotated = token === undefined ? undefined : await rotateRefreshToken(identity, token, key)
      if (rotated?.kind === 'reused') {
        log.warn({ accountId: rotated.accountId }, 'a refresh token was used twice')
        const reused = { action: 'refresh.reused', actor: nobody, target: rotated.accountId } as const
        await recordAudit(deps, c, { ...reused, outcome: 'refused' })
      }
      const account = rotated?.kind === 'rotated' ? await findAccount(identity, rotated.accountId) : undefined
      if (rotated?.kind !== 'rotated' || account === undefined) {
        clearRefreshCookie(c)
        throw new ProblemError('invalid_refresh_token', 'There is no live session.')
      }
      return c.json(await sessionFor(c, account, rotated), 200)
    })
    .openapi(logout, async (c) => {
      const token = readRefreshCookie(c)
      if (token !== undefined) await closeSession(identity, token)
      clearRefreshCookie(c)
      return c.body(null, 204)
    })
    .openapi(me, async (c) => {
      const { principal } = c.var
      if (principal.role !== 'program' && principal.external !== undefined) {
        const { name = '', email: address = '' } = principal.external
        return c.json({ id: principal.id, email: address, name, role: principal.role }, 200)
      }
      const account = await findAccount(identity, c.var.principal.id)
      if (account === undefined) throw accountClosed()
      return c.json(account, 200)
    })
}

export const accountClosed = (): ProblemError => new ProblemError('unauthenticated', 'This account is closed.')
