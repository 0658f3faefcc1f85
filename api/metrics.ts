import { createMiddleware } from 'hono/factory'
import { matchedRoutes } from 'hono/route'
import { Counter, Histogram } from 'prom-client'
import { processRegistry } from '../platform/registry.ts'
import type { Env } from './env.ts'
import { routeOf } from './route-of.ts'

/** Metrics of this process and of the requests it answers, by the route's pattern: never by an id. */
export function makeMetrics() {
  const registry = processRegistry()
  const labelNames = ['method', 'route', 'status'] as const
  const requests = new Counter({
    name: 'http_requests_total',
    help: 'Requests that were answered',
    labelNames,
    registers: [registry],
  })
  const seconds = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'From the request to its answer',
    labelNames,
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers: [registry],
  })
  const measure = createMiddleware<Env>(async (c, next) => {
    const startedAt = performance.now()
    await next()
    const labels = { method: knownMethod(c.req.method), route: routeOf(matchedRoutes(c)), status: c.res.status }
    requests.inc(labels)
    seconds.observe(labels, (performance.now() - startedAt) / 1000)
  })
  return { registry, measure }
}

const methods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])

/** Callers can invent methods, but not labels. */
const knownMethod = (method: string): string => (methods.has(method) ? method : 'other')
