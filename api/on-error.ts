import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { Log } from '../platform/log.ts'
import type { Env } from './env.ts'
import { QueueFullError } from './identity/limiter.ts'
import { isOutage } from './outage.ts'
import { notFound, problemDocument, ProblemError, unavailable } from './problem.ts'

/** The one place where refusals, outages and bugs become answers. Nothing internal ever reaches a client. */
export function makeOnError(log: Log) {
  return (error: unknown, c: Context<Env>): Response => {
    const problem = asProblem(error)
    const about = {
      traceId: c.var.trace.traceId,
      requestId: c.var.requestId,
      method: c.req.method,
      path: c.req.path,
      code: problem.code,
    }
    if (problem.code === 'internal_error') log.error({ ...about, err: error }, 'a request failed')
    else if (problem.code === 'dependency_unavailable') log.warn({ ...about, err: error }, 'a request was not possible')
    return problemResponse(c, problem)
  }
}

export const onNotFound = (c: Context<Env>): Response => problemResponse(c, notFound('address'))

export function problemResponse(c: Context<Env>, problem: ProblemError): Response {
  const document = problemDocument(problem, { path: c.req.path, traceId: c.var.trace.traceId })
  for (const [name, value] of Object.entries(problem.headers)) c.header(name, value)
  // The rest of the body is not read, so nothing else can come over this connection.
  if (problem.code === 'body_too_large') c.header('Connection', 'close')
  return c.body(JSON.stringify(document), document.status as ContentfulStatusCode, {
    'Content-Type': 'application/problem+json',
  })
}

export function asProblem(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error
  if (error instanceof HTTPException) return fromFramework(error)
  if (error instanceof QueueFullError) return unavailable('overloaded', 'Too many sign-ins at once. Try again soon.')
  if (isOutage(error))
    return unavailable(
      'dependency_unavailable',
      'Try again soon. With the same Idempotency-Key an order is never placed twice.',
    )
  return new ProblemError('internal_error', 'Give the traceId to whoever runs this.')
}

/** What Hono itself refuses, before a handler of ours is called. */
function fromFramework({ status }: HTTPException): ProblemError {
  if (status === 400) return new ProblemError('malformed_request', 'The body is not readable JSON.')
  if (status === 413) return new ProblemError('body_too_large', 'A body may have 64 KB.')
  if (status === 415) return new ProblemError('unsupported_media_type', 'Send Content-Type: application/json.')
  return new ProblemError('internal_error', 'Give the traceId to whoever runs this.')
}
