import { createHash } from 'node:crypto'
import { createMiddleware } from 'hono/factory'
import { etag, RETAINED_304_HEADERS } from 'hono/etag'
import type { Env } from './env.ts'

/**
 * What a browser may keep, if it asks each time whether it is still so. Nobody in between may keep an order.
 * Everything else stays `no-store`: what is about accounts, or for staff, is to leave no trace on a disk.
 */
const kept: readonly (readonly [RegExp, Readonly<Record<string, string>>])[] = [
  [/^\/v1\/orders(\/|$)/, { 'Cache-Control': 'private, no-cache', Vary: 'Authorization' }],
  [/^\/v1\/products(\/|$)/, { 'Cache-Control': 'no-cache' }],
]

const hash = (bytes: Uint8Array | string): Buffer => createHash('sha256').update(bytes).digest().subarray(0, 16)
const tag = etag({
  weak: true,
  generateDigest: (body) => new Uint8Array(hash(body)).buffer,
  retainedHeaders: [...RETAINED_304_HEADERS, 'X-Request-Id', 'Preference-Applied'],
})
const answered = () => Promise.resolve()

/**
 * `ETag` and `If-None-Match` for answers in JSON; a stream never ends, so it has none. By the answer's bytes and not by
 * a version: an order's address is erased without an event, and a newer release may tell more of the same version.
 */
export const conditional = createMiddleware<Env>(async (c, next) => {
  await next()
  const isRead = c.req.method === 'GET' || c.req.method === 'HEAD'
  const isJson = c.res.headers.get('Content-Type')?.startsWith('application/json') === true
  if (!isRead || !isJson || c.res.status !== 200) return undefined
  const [, headers = {}] = kept.find(([paths]) => paths.test(c.req.path)) ?? []
  for (const [name, value] of Object.entries(headers)) c.header(name, value)
  await tag(c, answered)
  return undefined
})

/** Whether `If-None-Match` names this very document, which is to be the whole answer. */
export const isKnown = (ifNoneMatch: string | undefined, document: unknown): boolean =>
  ifNoneMatch?.includes(`"${hash(JSON.stringify(document)).toString('hex')}"`) === true
