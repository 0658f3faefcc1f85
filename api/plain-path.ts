import { createMiddleware } from 'hono/factory'
import type { Env } from './env.ts'
import { notFound } from './problem.ts'

/** Ids and SKUs are ASCII, and so are the columns that have them: they refuse even to be compared with anything else. */
export const plainPath = createMiddleware<Env>(async (c, next) => {
  if (/[^\x20-\x7e]/.test(c.req.path)) throw notFound('address')
  await next()
})
