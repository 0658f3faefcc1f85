import { z } from '@hono/zod-openapi'
import { deliveryStatuses } from '../../domain/webhooks/delivery.ts'
import type { AttemptRow, DeliveryRow } from '../../workers/webhook/deliveries.ts'
import type { EndpointRow } from '../../workers/webhook/endpoints.ts'
import { disablers, ownerKinds } from '../../workers/webhook/tables.ts'
import { time } from '../fields.ts'

export const endpointSchema = z
  .object({
    id: z.string(),
    url: z.string().openapi({ example: 'https://shop.example/hooks' }),
    description: z.string(),
    events: z
      .array(z.string())
      .readonly()
      .openapi({ example: ['order.*'] }),
    enabled: z.boolean(),
    disabled: z
      .object({
        by: z.enum(disablers).openapi({ description: '`gone`: it answered 410; `failing`: for a day; `no_access`' }),
        at: time,
      })
      .nullable(),
    breaker: z
      .object({
        state: z.enum(['closed', 'open']),
        failures: z.int().openapi({ description: 'In a row' }),
        openedAt: time.nullable(),
        nextTryAt: time.nullable(),
      })
      .openapi({ description: 'Open, deliveries wait' }),
    oldSecretUntil: time.nullable().openapi({ description: 'The secret of before signs too until then' }),
    owner: z.object({ kind: z.enum(ownerKinds), id: z.string() }),
    createdAt: time,
    updatedAt: time,
  })
  .openapi('WebhookEndpoint')

const at = (date: Date | null): string | null => date?.toISOString() ?? null

/** Nothing of the secret is in it. */
export function endpointDocument(row: EndpointRow, now = new Date()): z.infer<typeof endpointSchema> {
  const { id, url, description, disabled_by: by, disabled_at: since, old_secret_until: until } = row
  const isOldGood = until !== null && until > now
  return {
    id,
    url,
    description,
    events: row.events.split(' '),
    enabled: by === null,
    disabled: by && { by, at: (since ?? row.updated_at).toISOString() },
    breaker: {
      state: row.opened_at === null ? 'closed' : 'open',
      failures: row.failures,
      openedAt: at(row.opened_at),
      nextTryAt: at(row.probe_at),
    },
    oldSecretUntil: isOldGood ? until.toISOString() : null,
    owner: { kind: row.owner_kind, id: row.owner_id },
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  }
}

const attemptSchema = z
  .object({
    number: z.int(),
    at: time,
    durationMs: z.int(),
    status: z.int().nullable().openapi({ description: 'HTTP status; null where there was no answer' }),
    error: z.string().nullable().openapi({ example: 'timeout' }),
    responseStart: z.string().nullable().openapi({ description: 'At most 1 KB of the answer' }),
  })
  .openapi('WebhookAttempt')

export const statusSchema = z.enum(deliveryStatuses).openapi('WebhookDeliveryStatus')

export const deliverySchema = z
  .object({
    id: z.string(),
    endpointId: z.string(),
    eventId: z.string().openapi({ description: 'Also the header `webhook-id`' }),
    type: z.string().openapi({ example: 'order.confirmed' }),
    orderId: z.string().nullable(),
    status: statusSchema,
    nextTryAt: time.nullable(),
    createdAt: time,
    updatedAt: time,
    attempts: z.array(attemptSchema).readonly(),
  })
  .openapi('WebhookDelivery')

export const deliveryDocument = (row: DeliveryRow): z.infer<typeof deliverySchema> => ({
  id: row.id,
  endpointId: row.endpoint_id,
  eventId: row.event_id,
  type: row.type,
  orderId: row.order_id,
  status: row.status,
  nextTryAt: row.status === 'pending' ? at(row.next_at) : null,
  createdAt: row.created_at.toISOString(),
  updatedAt: row.updated_at.toISOString(),
  attempts: row.tried.map(attemptDocument),
})

const attemptDocument = (row: AttemptRow) => ({
  number: row.number,
  at: row.started_at.toISOString(),
  durationMs: row.duration_ms,
  status: row.status,
  error: row.error,
  responseStart: row.response_start,
})
