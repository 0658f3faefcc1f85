import { cors } from 'hono/cors'

/**
 * Lets pages of these origins call from a browser, with a token of their own. Never with the refresh cookie: it is
 * SameSite=Strict and good for our own pages alone.
 */
export const otherSites = (origins: readonly string[]) =>
  cors({
    origin: [...origins],
    allowMethods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
    allowHeaders: [
      'Authorization',
      'Content-Type',
      'Idempotency-Key',
      'Prefer',
      'Last-Event-ID',
      'If-Match',
      'traceparent',
    ],
    exposeHeaders: [
      'X-Request-Id',
      'RateLimit',
      'RateLimit-Policy',
      'Retry-After',
      'Location',
      'Idempotency-Replayed',
      'Preference-Applied',
      'ETag',
    ],
    maxAge: 600,
  })
