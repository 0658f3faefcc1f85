import type { Kysely } from 'kysely'
import type { PaymentTables, WebhookEventTable } from '../tables.ts'

export type ListedWebhook = {
  readonly provider: string
  readonly id: string
  readonly type: string
  readonly state: WebhookEventTable['state']
  readonly orderId: string | null
  readonly receivedAt: Date
}

/** Where a page ends. */
export type WebhookPosition = Pick<ListedWebhook, 'receivedAt' | 'provider' | 'id'>

/** Newest first. */
export function listWebhooks(
  database: Kysely<PaymentTables>,
  state: WebhookEventTable['state'],
  limit: number,
  after?: WebhookPosition,
): Promise<readonly ListedWebhook[]> {
  let query = database
    .selectFrom('webhook_event')
    .select(['provider', 'event_id as id', 'type', 'state', 'order_id as orderId', 'received_at as receivedAt'])
    .where('state', '=', state)
    .orderBy('received_at', 'desc')
    .orderBy('provider', 'desc')
    .orderBy('event_id', 'desc')
    .limit(limit)
  if (after) {
    const { receivedAt, provider, id } = after
    query = query
      .where('received_at', '<=', receivedAt)
      .where((eb) =>
        eb.or([
          eb('received_at', '<', receivedAt),
          eb.and([eb('received_at', '=', receivedAt), eb('provider', '<', provider)]),
          eb.and([eb('received_at', '=', receivedAt), eb('provider', '=', provider), eb('event_id', '<', id)]),
        ]),
      )
  }
  return query.execute()
}
