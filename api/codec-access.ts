import { createMiddleware } from 'hono/factory'
import { cors } from 'hono/cors'
import { admin } from './access.ts'
import type { Deps } from './deps.ts'
import type { Env } from './env.ts'
import { findAccount } from './identity/accounts.ts'
import { readRefreshCookie } from './identity/refresh-cookie.ts'
import { accountOfRefreshToken } from './identity/refresh-tokens.ts'
import { ProblemError } from './problem.ts'

type Needed = Pick<Deps, 'identity' | 'temporalUiUrl'>

/** Lets pages of the Temporal Web UI, and of nobody else, call from a browser. */
export const fromTemporalUi = ({ temporalUiUrl }: Needed) =>
  cors({
    origin: new URL(temporalUiUrl).origin,
    allowMethods: ['POST'],
    // what the Web UI sends: the second one with its namespace, the last two where it has sign-ins of its own
    allowHeaders: ['Content-Type', 'X-Namespace', 'Authorization', 'Authorization-Extras'],
    credentials: true,
    maxAge: 600,
  })

/**
 * An admin's access token; or, from a page of the Temporal Web UI, the refresh cookie of an admin's sign-in: the Web UI
 * can send no token but those of its own sign-ins. The cookie is looked at and not used up.
 */
export const adminOrTheirBrowser = ({ identity, temporalUiUrl }: Needed) =>
  createMiddleware<Env>(async (c, next) => {
    const isFromUi = c.req.header('Origin') === new URL(temporalUiUrl).origin
    const cookie = isFromUi && c.req.header('Authorization') === undefined ? readRefreshCookie(c) : undefined
    if (cookie === undefined) return admin.middleware(c, next)
    const id = await accountOfRefreshToken(identity, cookie)
    const account = id === undefined ? undefined : await findAccount(identity, id)
    if (account === undefined) throw new ProblemError('unauthenticated', 'The sign-in is over: sign in again.')
    if (account.role !== 'admin') throw new ProblemError('forbidden', 'This is for the role admin.')
    c.set('principal', { id: account.id, role: account.role })
    return next()
  })
