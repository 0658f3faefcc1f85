import type { Failure, Order, OrderStatus } from '../../domain/order.ts'
import type { OrderRow } from '../../workers/projection/queries.ts'
import { type Waits, waitsOfRow } from '../../workers/projection/waits.ts'

type Details = Readonly<Record<string, unknown>>

/** What is known of an order, wherever it is known from. */
export type OrderState = {
  readonly order: Order
  readonly status: OrderStatus
  readonly needsAttention: boolean
  readonly version: number
  readonly updatedAt: string
  readonly payment?: Details
  readonly shipment?: Details
  readonly failure?: Failure
  readonly cancellationRefused: boolean
  readonly waits?: Waits
}

export const stateOfRow = (row: OrderRow): OrderState => ({
  order: row.body,
  status: row.status,
  needsAttention: row.needs_attention !== 0,
  version: row.version,
  updatedAt: row.updated_at.toISOString(),
  ...(row.payment && { payment: row.payment }),
  ...(row.shipment && { shipment: row.shipment }),
  ...(row.failure && { failure: row.failure }),
  cancellationRefused: row.cancellation_refused !== 0,
  ...withWaits(row),
})

function withWaits(row: OrderRow): Pick<OrderState, 'waits'> {
  const waits = waitsOfRow(row)
  return waits ? { waits } : {}
}

/** An order that was just placed: its first event says no more than that. */
export const stateOfNew = (order: Order): OrderState => ({
  order,
  status: 'placed',
  needsAttention: false,
  version: 1,
  updatedAt: order.placedAt,
  cancellationRefused: false,
})

const cancellable: ReadonlySet<OrderStatus> = new Set(['placed', 'processing', 'confirmed'])

/** The same rule as the workflow's guard, told from the projection. */
export const isStateCancellable = ({ status, cancellationRefused }: OrderState): boolean =>
  cancellable.has(status) && !cancellationRefused

/** A decline that another payment method may still save: its grace is told with the payment. */
export const awaitsPaymentMethod = ({ status, payment }: OrderState): boolean =>
  (status === 'placed' || status === 'processing') &&
  payment?.['status'] === 'declined' &&
  typeof payment['retryUntil'] === 'string'
