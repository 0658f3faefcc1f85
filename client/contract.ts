/** What the API says of orders, in its own types: a change there that a reader does not follow fails the type check. */
import type { z } from 'zod'
import type { OrderBody } from '../api/orders/body.ts'
import type { OrderDocument } from '../api/orders/document.ts'
import type { timelineSchema } from '../api/orders/timeline.ts'

export type Order = OrderDocument
export type OrderStatus = Order['status']
export type Money = Order['total']
export type PlaceOrder = OrderBody
export type TimelineEntry = z.infer<typeof timelineSchema>['items'][number]

/** Nothing more will happen to the order. */
export const isOver = (status: OrderStatus): boolean =>
  status === 'delivered' || status === 'cancelled' || status === 'rejected'

/** The question "do I get it?" has its answer: what `Prefer: wait` waits for. */
export const isSettled = (status: OrderStatus): boolean =>
  isOver(status) || status === 'confirmed' || status === 'dispatched'
