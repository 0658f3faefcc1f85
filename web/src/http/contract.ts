/** What the API says, in its own types: a change there that this page does not follow fails the type check. */
import type { OrderDocument } from '../../../api/orders/document.ts'
import type { SagaDocument } from '../../../api/orders/saga.ts'
import type { timelineSchema } from '../../../api/orders/timeline.ts'
import type { OrderBody } from '../../../api/orders/body.ts'
import type { Account } from '../../../api/identity/accounts.ts'
import type { OrderStatus } from '../../../domain/order.ts'
import type { Money } from '../../../domain/money.ts'
import type { Level, Product } from '../../../api/catalogue.ts'
import type { z } from 'zod'

export type { Level, Money, OrderStatus, Product }
export type Order = OrderDocument
export type Saga = SagaDocument
export type Step = Saga['steps'][number]
export type Progress = Step['compensation']
export type TimelineEntry = z.infer<typeof timelineSchema>['items'][number]
export type PlaceOrder = OrderBody
export type User = Account

export type Page<Item> = { readonly items: readonly Item[]; readonly nextCursor: string | null }
export type Session = { readonly user: User; readonly accessToken: string; readonly expiresIn: number }
export type Meta = { readonly demo: boolean; readonly temporalUiUrl?: string | undefined }

/** As a constant here: the front end takes types from other rooms, never code. */
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
] as const satisfies readonly OrderStatus[]

export const isOver = (status: OrderStatus): boolean =>
  status === 'delivered' || status === 'cancelled' || status === 'rejected'
