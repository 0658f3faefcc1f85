import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { readIdempotencyKey } from './orders/request-headers.ts'
import { invalid } from './problem.ts'

/** The header as the contract tells it. @param meaning what the same key again is. */
export const idempotencyHeader = (meaning: string) => ({
  'idempotency-key': z
    .string()
    .optional()
    .openapi({
      description: `1 to 255 printable characters. ${meaning}`,
      example: '"8e03978e-40d5-43dd-bc93-6894a57f9324"',
    }),
})

/** @throws a problem where the key can't be read: whoever sent one relies on it. */
export function idempotencyKeyOf(c: Context): string | undefined {
  const { key, violations } = readIdempotencyKey(c.req.header('Idempotency-Key'))
  if (violations.length > 0) throw invalid(violations)
  return key
}
