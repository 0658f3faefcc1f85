import { createHmac, timingSafeEqual } from 'node:crypto'

/**
 * EasyPost's scheme for signed webhooks (https://docs.easypost.com/guides/webhooks-guide, and `validateWebhook` of its
 * package): header `X-Hmac-Signature`, `hmac-sha256-hex=` and the HMAC-SHA256 of the body with the secret in NFKD. It
 * carries no time, so an old one stays good: what came before is known by its event id. Without a secret nothing is good.
 */
export function isSignedByEasyPost(secret: string, body: string, header: string | undefined): boolean {
  if (secret === '' || header === undefined) return false
  const expected = Buffer.from(signForEasyPost(secret, body))
  const given = Buffer.from(header)
  return given.length === expected.length && timingSafeEqual(given, expected)
}

export const signForEasyPost = (secret: string, body: string): string =>
  `hmac-sha256-hex=${createHmac('sha256', secret.normalize('NFKD')).update(body).digest('hex')}`
