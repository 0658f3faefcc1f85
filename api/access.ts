import { createMiddleware } from 'hono/factory'
import type { Env } from './env.ts'
import type { Principal } from './identity/access-token.ts'
import { type Role, roles, type Scope } from './identity/tables.ts'
import { limitUser } from './limits/limit-user.ts'
import { ProblemError } from './problem.ts'

type Allowed = {
  readonly roles: readonly Role[]
  /** One of these is enough for a program. */
  readonly scopes: readonly Scope[]
}

/** Lets signed-in people and programs pass that the route is for, and puts who it is beside the request. */
const requires = (allowed: Allowed) =>
  createMiddleware<Env>(async (c, next) => {
    const [, token] = /^Bearer +([^\s]+)$/i.exec(c.req.header('Authorization') ?? '') ?? []
    const principal = token === undefined ? undefined : await c.var.verify(token)
    if (principal === undefined) {
      const challenge = token === undefined ? 'Bearer' : 'Bearer error="invalid_token"'
      const detail =
        token === undefined ? 'Send an access token as Bearer.' : 'The access token is not good (any more).'
      throw new ProblemError('unauthenticated', detail, { headers: { 'WWW-Authenticate': challenge } })
    }
    c.set('principal', principal)
    limitUser(c, principal)
    if (!isAllowed(principal, allowed)) throw new ProblemError('forbidden', whoMay(allowed))
    await next()
  })

const isAllowed = (principal: Principal, allowed: Allowed): boolean =>
  principal.role === 'program'
    ? principal.scopes.some((scope) => allowed.scopes.includes(scope))
    : allowed.roles.includes(principal.role)

const whoMay = (allowed: Allowed): string =>
  `This is for ${[
    ...(allowed.roles.length > 0 ? [`the role ${allowed.roles.join(' or ')}`] : []),
    ...(allowed.scopes.length > 0 ? [`programs with the scope ${allowed.scopes.join(' or ')}`] : []),
  ].join(', and ')}.`

const bearer = [{ bearer: [] as string[] }]

/** What a route says about who may call it: to the framework and to the OpenAPI document alike. */
const allow = (people: readonly Role[], programs: readonly Scope[]) => ({
  middleware: requires({ roles: people, scopes: programs }),
  security: bearer,
  'x-roles': people,
  'x-scopes': programs,
})

/** People, about themselves. */
export const signedIn = allow(roles, [])
/** Orders: customers their own, staff and programs all. */
export const ordersReader = allow(roles, ['orders:read', 'admin'])
export const ordersWriter = allow(roles, ['orders:write', 'admin'])
/** Whoever an order can belong to. */
export const buyer = allow(['customer'], ['orders:write', 'admin'])
/** Whoever helps customers. */
export const support = allow(['support', 'admin'], ['admin'])
/** As `support`, but no program: it would be a second pair of eyes of whoever has its secret. */
export const supportInPerson = allow(['support', 'admin'], [])
/** Whoever may be told of orders by webhook: no support, as that would be a way out for all orders. */
export const hearer = allow(['customer', 'admin'], ['orders:read', 'admin'])
export const stockKeeper = allow(['admin'], ['stock:write', 'admin'])
export const admin = allow(['admin'], ['admin'])
/** Where two heads have to agree or keys are handed out, no program will do: an admin could make it say yes. */
export const adminInPerson = allow(['admin'], [])
/** Said on purpose: a route without any of these fails the test. */
export const anyone = { security: [] as { [scheme: string]: string[] }[], 'x-roles': ['anyone'], 'x-scopes': [] }
