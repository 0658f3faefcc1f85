import { randomBytes } from 'node:crypto'
import { Webhook } from 'standardwebhooks'
import type { PayloadKey } from '../../platform/payload-keys.ts'
import { unseal } from '../../platform/sealed.ts'
import type { EndpointTable } from './tables.ts'

/** For so long after a change the old secret signs too. */
export const oldSecretHours = 24

/** As Standard Webhooks has it: 32 random bytes. */
export const newSecret = (): string => `whsec_${randomBytes(32).toString('base64')}`

type Stored = Pick<EndpointTable, 'id' | 'secret' | 'old_secret' | 'old_secret_until'>

/** The secrets that sign now, the newest first. @throws {UnreadableSecret} */
export function secretsOf(keys: readonly PayloadKey[], stored: Stored, now: Date): readonly string[] {
  const { id, secret, old_secret: old, old_secret_until: until } = stored
  const isOldGood = old !== null && until !== null && until > now
  return [unseal(keys, secret, id), ...(isOldGood ? [unseal(keys, old, id)] : [])]
}

export type Message = { readonly id: string; readonly body: string }

/** What Standard Webhooks wants beside a body: one signature by each secret, `v1,... v1,...`. */
export function signedHeaders({ id, body }: Message, secrets: readonly string[], now: Date) {
  return {
    'content-type': 'application/cloudevents+json; charset=utf-8',
    'user-agent': 'Holdfast-Webhooks/1',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
    'webhook-signature': secrets.map((secret) => new Webhook(secret).sign(id, now, body)).join(' '),
  }
}
