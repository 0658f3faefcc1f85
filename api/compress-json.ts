import { promisify } from 'node:util'
import { constants, gzip } from 'node:zlib'
import { createMiddleware } from 'hono/factory'
import type { Env } from './env.ts'

const compress = promisify(gzip)
const smallestBytes = 1024

/**
 * Compresses JSON that is read, from 1 kB on. Answers to anything but GET stay as they are: they are short, and no token
 * is to be guessed from how well its answer compresses. So do streams, and files, which lie compressed beside themselves.
 */
export const compressJson = createMiddleware<Env>(async (c, next) => {
  await next()
  const { headers } = c.res
  if (c.req.method !== 'GET' || !/^application\/(\w+\+)?json\b/.test(headers.get('Content-Type') ?? '')) return
  // a strong ETag is a promise about the very bytes; ours are weak ones
  if (headers.has('Content-Encoding') || headers.get('ETag')?.startsWith('"') === true) return
  headers.append('Vary', 'Accept-Encoding')
  if (!acceptsGzip(c.req.header('Accept-Encoding'))) return
  const text = await c.res.text()
  const isSmall = Buffer.byteLength(text) < smallestBytes
  if (!isSmall) headers.set('Content-Encoding', 'gzip')
  const body = isSmall ? text : await compress(text, { level: constants.Z_BEST_SPEED })
  const { status } = c.res
  c.res = undefined // else the old one's headers would be added once more
  c.res = new Response(body, { status, headers })
})

/** `gzip` or `*`, unless its weight is 0. */
const acceptsGzip = (accepted = ''): boolean =>
  accepted.split(',').some((one) => /^\s*(gzip|\*)\s*(;\s*q=(?!0(\.0*)?\s*$).*)?$/i.test(one))
