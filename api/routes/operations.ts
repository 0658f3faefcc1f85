import type { HttpBindings } from '@hono/node-server'
import { type Context, Hono } from 'hono'
import { createMiddleware } from 'hono/factory'
import type { Registry } from 'prom-client'
import { readiness } from '../../platform/health.ts'
import type { Deps } from '../deps.ts'
import type { Env } from '../env.ts'
import { notFound } from '../problem.ts'

/** For those who run it. Without a token, so only this machine is answered unless that is switched off, and never what a proxy forwards. */
export function operationsRoutes(
  { checks, log, leaving, openOperations = false }: Pick<Deps, 'checks' | 'log' | 'leaving' | 'openOperations'>,
  registry: Registry,
) {
  const loopbackOnly = createMiddleware<Env>(async (c, next) => {
    if (isForwarded(c) || (!openOperations && !isFromHere(c))) throw notFound('address')
    await next()
  })
  return new Hono<Env>()
    .get('/healthz', loopbackOnly, (c) => c.json({ status: 'ok' }))
    .get('/readyz', loopbackOnly, async (c) => {
      if (leaving?.aborted === true) return c.json({ status: 'leaving', checks: {} }, 503)
      const { ready, checks: results } = await readiness(checks, (name, err) =>
        log.warn({ dependency: name, err }, 'a dependency does not answer'),
      )
      return c.json({ status: ready ? 'ready' : 'unavailable', checks: results }, ready ? 200 : 503)
    })
    .get('/metrics', loopbackOnly, async (c) =>
      c.text(await registry.metrics(), 200, { 'Content-Type': registry.contentType }),
    )
}

/** By a proxy, for whoever is behind it: probes and scrapers come straight. */
const isForwarded = (c: Context<Env>): boolean =>
  ['Forwarded', 'X-Forwarded-For', 'X-Real-IP'].some((name) => c.req.header(name) !== undefined)

/** Without a socket the call comes from this very process. */
function isFromHere(c: Context<Env>): boolean {
  const bindings: Partial<HttpBindings> | undefined = c.env
  if (bindings?.incoming === undefined) return true
  const { remoteAddress = '' } = bindings.incoming.socket
  return remoteAddress === '::1' || /^(::ffff:)?127\./.test(remoteAddress)
}
