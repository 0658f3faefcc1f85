import { createMiddleware } from 'hono/factory'
import type { Env } from './env.ts'
import { type Role, roles } from './identity/tables.ts'
import { ProblemError } from './problem.ts'

/** Lets signed-in people of these roles pass and puts who it is beside the request. */
export const requires = (...allowed: readonly [Role, ...Role[]]) =>
  createMiddleware<Env>(async (c, next) => {
    const [, token] = /^Bearer +([^\s]+)$/i.exec(c.req.header('Authorization') ?? '') ?? []
    const principal = token === undefined ? undefined : await c.var.accessTokens.verify(token)
    if (principal === undefined) {
      const challenge = token === undefined ? 'Bearer' : 'Bearer error="invalid_token"'
      const detail =
        token === undefined ? 'Send an access token as Bearer.' : 'The access token is not good (any more).'
      throw new ProblemError('unauthenticated', detail, { headers: { 'WWW-Authenticate': challenge } })
    }
    if (!allowed.includes(principal.role)) {
      throw new ProblemError('forbidden', `This is for the role ${allowed.join(' or ')}.`)
    }
    c.set('principal', principal)
    await next()
  })

const anyRole = requires(...roles)
const adminOnly = requires('admin')
const customerOnly = requires('customer')

const bearer = [{ bearer: [] as string[] }]

/** What a route says about who may call it: to the framework and to the OpenAPI document alike. */
export const signedIn = { middleware: anyRole, security: bearer }
export const admin = { middleware: adminOnly, security: bearer }
export const customer = { middleware: customerOnly, security: bearer }
/** Said on purpose: a route without any of these four fails the test. */
export const anyone = { security: [] as { [scheme: string]: string[] }[] }
