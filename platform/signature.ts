import { createHmac, timingSafeEqual } from 'node:crypto'

/** Seconds by which a signature may be older than its check; Stripe's own default. */
export const toleranceSeconds = 300

/**
 * Stripe's scheme for signed webhooks (https://docs.stripe.com/webhooks#verify-manually): `t=<epoch seconds>,v1=<hex>`,
 * where v1 is the HMAC-SHA256 of `<t>.<body>`.
 */
export function sign(secret: string, body: string, now = Date.now()): string {
  const time = Math.floor(now / 1000)
  return `t=${time},v1=${hmac(secret, time, body)}`
}

/**
 * Whether the header is a signature of exactly this body, made with this secret not longer ago (nor further ahead) than
 * the tolerance. Without a secret nothing is.
 */
export function isSigned(secret: string, body: string, header: string | undefined, now = Date.now()): boolean {
  if (secret === '' || header === undefined) return false
  const parts = header.split(',').map((part) => part.trim().split('='))
  const time = Number(parts.find(([name]) => name === 't')?.[1])
  if (!Number.isInteger(time) || Math.abs(now / 1000 - time) > toleranceSeconds) return false
  const expected = Buffer.from(hmac(secret, time, body))
  return parts.some(([name, value = '']) => {
    const given = Buffer.from(value)
    return name === 'v1' && given.length === expected.length && timingSafeEqual(given, expected)
  })
}

const hmac = (secret: string, time: number, body: string): string =>
  createHmac('sha256', secret).update(`${time}.${body}`).digest('hex')
