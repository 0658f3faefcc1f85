import { z } from '@hono/zod-openapi'
import { orderStatuses } from '../../domain/order.ts'
import type { Address } from '../../workers/shipping/addresses.ts'
import { moneySchema, time } from '../fields.ts'
import { awaitsPaymentMethod, isStateCancellable, type OrderState } from './state.ts'

const id = z.string().openapi({ format: 'uuid', example: '0b6f7d0a-93a1-4c7b-9c55-f2f6b7a3a9d1' })

const line = z.object({
  sku: z.string(),
  name: z.string(),
  quantity: z.int(),
  unitPrice: moneySchema,
  lineTotal: moneySchema,
  allowBackorder: z.boolean().optional(),
})

const address = z.object({
  name: z.string(),
  line1: z.string(),
  line2: z.string().optional(),
  city: z.string(),
  postalCode: z.string(),
  country: z.string(),
})

export const statusSchema = z.enum(orderStatuses).openapi('OrderStatus')

/** The order as every reader gets it. */
export const orderSchema = z
  .object({
    id,
    status: statusSchema,
    needsAttention: z.boolean(),
    customerId: id,
    lines: z.array(line).readonly(),
    total: moneySchema,
    shippingAddress: address.nullable().openapi({ description: 'null once the customer’s data was erased' }),
    payment: z.looseObject({ status: z.string() }).optional(),
    shipment: z.looseObject({ status: z.string() }).optional(),
    failure: z.object({ step: z.string(), code: z.string(), message: z.string() }).optional(),
    placedAt: time,
    updatedAt: time,
    waiting: z
      .object({ for: z.array(z.string()).readonly(), since: time })
      .optional()
      .openapi({ description: 'Whom it waits for: steps, or `customer` where another payment method is awaited' }),
    version: z.int().openapi({ description: 'Sequence of the last event that is folded in' }),
    actions: z.array(z.enum(['cancel', 'changePaymentMethod', 'return'])).readonly(),
  })
  .openapi('Order')

export type OrderDocument = z.infer<typeof orderSchema>

export function orderDocument(state: OrderState, shippingAddress: Address | undefined): OrderDocument {
  const { order, status, needsAttention, version, updatedAt, payment, shipment, failure, waits } = state
  return {
    id: order.id,
    status,
    needsAttention,
    customerId: order.customerId,
    // member by member: what is added to the order some day does not slip out
    lines: order.lines.map(({ sku, name, quantity, unitPrice, lineTotal, allowBackorder }) => ({
      sku,
      name,
      quantity,
      unitPrice,
      lineTotal,
      ...(allowBackorder === true && { allowBackorder }),
    })),
    total: order.total,
    shippingAddress: shippingAddress ? addressDocument(shippingAddress) : null,
    ...(payment && { payment: withStatus(payment) }),
    ...(shipment && { shipment: withStatus(shipment) }),
    ...(failure && { failure }),
    ...(waits && { waiting: waits }),
    placedAt: order.placedAt,
    updatedAt,
    version,
    actions: actionsOf(state),
  }
}

const addressDocument = ({ line2, ...rest }: Address) => ({ ...rest, ...(line2 !== undefined && { line2 }) })

const actionsOf = (state: OrderState): OrderDocument['actions'] => [
  ...(isStateCancellable(state) ? (['cancel'] as const) : []),
  ...(awaitsPaymentMethod(state) ? (['changePaymentMethod'] as const) : []),
  ...(state.status === 'delivered' ? (['return'] as const) : []),
]

const withStatus = (details: Readonly<Record<string, unknown>>) => ({
  ...details,
  status: typeof details['status'] === 'string' ? details['status'] : 'unknown',
})
