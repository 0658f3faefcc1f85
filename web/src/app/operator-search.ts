import type { Delivery } from '../webhooks/queries.ts'
import type { Message } from '../notifications/queries.ts'
import { every } from '../http/every.ts'
import { type Given, texts } from './search.ts'

export const deliveryStatuses = every<Delivery['status']>()([
  'pending',
  'delivered',
  'refused',
  'exhausted',
  'endpoint_disabled',
])

/** Of an endpoint's log. */
export type DeliverySearch = { readonly status?: Delivery['status']; readonly cursor?: string }

export function readDeliverySearch(given: Given): DeliverySearch {
  const status = deliveryStatuses.find((known) => known === given['status'])
  return { ...(status && { status }), ...texts(given, ['cursor']) }
}

export const messageStates = every<Message['status']>()([
  'queued',
  'sending',
  'sent',
  'kept',
  'refused',
  'unwanted',
  'failed',
])

/** Of what customers were told. */
export type MessageSearch = {
  readonly status?: Message['status']
  readonly orderId?: string
  readonly customerId?: string
  readonly cursor?: string
}

export function readMessageSearch(given: Given): MessageSearch {
  const status = messageStates.find((known) => known === given['status'])
  return { ...(status && { status }), ...texts(given, ['orderId', 'customerId', 'cursor']) }
}
