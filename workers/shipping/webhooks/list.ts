import type { Kysely } from 'kysely'
import type { ShippingTables, WebhookEventTable } from '../tables.ts'

export type ListedWebhook = {
  readonly carrier: string
  readonly id: string
  readonly type: string
  readonly trackingNumber: string
  readonly state: WebhookEventTable['state']
  readonly status: string
  readonly receivedAt: Date
}

export type Place = Pick<ListedWebhook, 'receivedAt' | 'carrier' | 'id'>

/** Of one state, newest first, from after the place on. */
export async function listWebhooks(
  database: Kysely<ShippingTables>,
  state: WebhookEventTable['state'],
  limit: number,
  after?: Place,
): Promise<readonly ListedWebhook[]> {
  const all = database
    .selectFrom('webhook_event')
    .select(['carrier', 'event_id as id', 'type', 'tracking_number as trackingNumber', 'state', 'news'])
    .select('received_at as receivedAt')
    .where('state', '=', state)
  const rest =
    after === undefined
      ? all
      : all.where((eb) =>
          eb(
            eb.refTuple('received_at', 'carrier', 'event_id'),
            '<',
            eb.tuple(after.receivedAt, after.carrier, after.id),
          ),
        )
  const rows = await rest
    .orderBy('received_at', 'desc')
    .orderBy('carrier', 'desc')
    .orderBy('event_id', 'desc')
    .limit(limit)
    .execute()
  return rows.map(({ news, ...row }) => ({ ...row, status: news.status }))
}
