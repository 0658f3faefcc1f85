import type { AddressId, CustomerId, OrderId, Sku } from './ids.ts'
import type { Money } from './money.ts'

export type OrderLine = {
  readonly sku: Sku
  /** The product's name when the order was placed. */
  readonly name: string
  readonly quantity: number
  readonly unitPrice: Money
  readonly lineTotal: Money
  /** Short of stock, the order waits for this line until a deadline instead of being refused. */
  readonly allowBackorder?: boolean
}

/** So many of a product, without a price. */
export type Goods = { readonly sku: string; readonly quantity: number }

/**
 * An order as workflows and events carry it: everything a participant needs and nothing about a person.
 * The address stays with `shipping`; only country and postal code travel, for those who plan routes.
 */
export type Order = {
  readonly id: OrderId
  readonly customerId: CustomerId
  readonly lines: readonly OrderLine[]
  readonly total: Money
  readonly paymentMethod: string
  readonly addressId: AddressId
  readonly destination: { readonly country: string; readonly postalCode: string }
  /** RFC 3339, UTC. */
  readonly placedAt: string
}

export const orderStatuses = [
  'placed',
  'processing',
  'confirmed',
  'dispatched',
  'delivered',
  'cancelling',
  'cancelled',
  'failing',
  'rejected',
] as const
export type OrderStatus = (typeof orderStatuses)[number]

const terminal: ReadonlySet<OrderStatus> = new Set(['delivered', 'cancelled', 'rejected'])
/** Nothing more will happen to the order, and its workflow is closed. */
export const isOver = (status: OrderStatus): boolean => terminal.has(status)

export const openStatuses: readonly OrderStatus[] = orderStatuses.filter((status) => !isOver(status))
export const overStatuses: readonly OrderStatus[] = orderStatuses.filter(isOver)

const settled: ReadonlySet<OrderStatus> = new Set(['confirmed', 'dispatched', 'delivered', 'cancelled', 'rejected'])
/** The question "do I get it?" has its answer. `Prefer: wait` waits for this. */
export const isSettled = (status: OrderStatus): boolean => settled.has(status)

export type Failure = { readonly step: string; readonly code: string; readonly message: string }

/** Who caused something: a signed-in person, a program, a participant, or the saga itself when a deadline passes. */
export type Actor = {
  readonly kind: 'customer' | 'support' | 'admin' | 'program' | 'participant' | 'system'
  readonly id: string
}
