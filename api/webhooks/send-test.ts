import { setTimeout as pause } from 'node:timers/promises'
import type { PayloadKey } from '../../platform/payload-keys.ts'
import { testBody } from '../../workers/webhook/body.ts'
import { createTest, type DeliveryRow, findDelivery } from '../../workers/webhook/deliveries.ts'
import type { EndpointRow } from '../../workers/webhook/endpoints.ts'
import { secretsOf, signedHeaders } from '../../workers/webhook/secrets.ts'
import { startDelivery } from '../../workers/webhook/start-delivery.ts'
import type { Deps } from '../deps.ts'
import { notFound } from '../problem.ts'

/** Longer than a test's own time limit, shorter than the request's. */
const patienceMs = 6_500

/** @returns the delivery once it is over, or as it is when the patience is. */
export async function sendTest(deps: Deps, endpoint: Pick<EndpointRow, 'id' | 'owner_id'>): Promise<DeliveryRow> {
  const { webhook, webhooks, temporal, taskQueue } = deps
  const { id, eventId } = await createTest(webhook, endpoint.id)
  const settings = { taskQueue, timeScale: webhooks.timeScale }
  await startDelivery(temporal.client, { id, endpointId: endpoint.id, eventId }, settings, true)
  for (const until = Date.now() + patienceMs; ; await pause(100)) {
    const found = await findDelivery(webhook, { of: endpoint.owner_id }, id)
    if (found === undefined) throw notFound('webhook endpoint') // deleted meanwhile
    if (found.status !== 'pending' || Date.now() > until) return found
  }
}

/** What a test would send now. */
export function dryRun(endpoint: EndpointRow, keys: readonly PayloadKey[]) {
  const now = new Date()
  const message = { id: 'test:dry-run', body: testBody('test:dry-run', now) }
  return { url: endpoint.url, headers: signedHeaders(message, secretsOf(keys, endpoint, now), now), body: message.body }
}
