import { randomUUID } from 'node:crypto'
import { repeatUntil } from '../../platform/repeating.ts'
import { sign } from '../../platform/signature.ts'
import { byWebhook } from '../kinds.ts'
import type { World } from '../world.ts'

/** Of a parcel that is nobody's of ours, as an account that others use too would tell. */
async function tellOfParcel({ system, config }: World): Promise<void> {
  const id = randomUUID()
  const occurredAt = new Date().toISOString()
  const body = JSON.stringify({ id, type: 'parcel.delivered', occurredAt, data: { trackingNumber: id } })
  const answer = await fetch(`${system.apiUrl}/v1/webhooks/shipments/simulator`, {
    method: 'POST',
    headers: { 'Webhook-Signature': sign(config.SIMULATOR_WEBHOOK_SECRET, body) },
    body,
  })
  if (answer.status !== 202) throw new Error(`a carrier was answered ${answer.status}: ${await answer.text()}`)
}

/** Providers that settle by webhook, and a carrier; until it is over; what went wrong is told. */
export async function playOutsiders(world: World, over: AbortSignal, onFailure: (error: unknown) => void) {
  const paying = repeatUntil(over, {
    everyMs: 3_000,
    work: () => world.load.place(byWebhook).then(() => undefined),
    onFailure,
  })
  const telling = repeatUntil(over, { everyMs: 2_000, work: () => tellOfParcel(world), onFailure })
  await Promise.all([paying, telling])
}
