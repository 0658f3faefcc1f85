/** What the API says, in its own types: a change there that this page does not follow fails the type check. */
import type { ClockDocument } from '../../../api/clock/document.ts'
import type { SagaDocument } from '../../../api/orders/saga.ts'
import type { trackingSchema } from '../../../api/routes/shipments.ts'
import type { returnSchema } from '../../../api/returns/document.ts'
import type { Account } from '../../../api/identity/accounts.ts'
import type { ReturnStatus } from '../../../domain/returns/view.ts'
import type { Level, Product } from '../../../api/catalogue.ts'
import type { letterSchema, wholeLetterSchema } from '../../../api/dead-letters/document.ts'
import type { figuresSchema } from '../../../api/figures/document.ts'
import type { Many } from '../../../api/dead-letters/act.ts'
import type { auditLineSchema } from '../../../api/routes/audit.ts'
import type { boardSchema } from '../../../api/routes/board.ts'
import type { bulkSchema } from '../../../api/routes/bulk.ts'
import type { previewSchema } from '../../../api/routes/operate.ts'
import type { consumerSchema } from '../../../api/routes/consumers.ts'
import type { causeSchema } from '../../../api/routes/dead-letters.ts'
import type { z } from 'zod'
import type { OrderStatus } from '../../../client/contract.ts'
import { every } from './every.ts'

export type { Money, Order, OrderStatus, PlaceOrder, TimelineEntry } from '../../../client/contract.ts'
export type { Level, Product, ReturnStatus }
export type Saga = SagaDocument
export type Step = Saga['steps'][number]
export type Progress = Step['compensation']
export type Tracking = z.infer<typeof trackingSchema>
export type Return = z.infer<typeof returnSchema>
/** As staff list them, of all orders. */
export type ReturnOfOrder = Return & { readonly orderId: string; readonly customerId: string }
export type User = Account
export type Letter = z.infer<typeof letterSchema>
export type WholeLetter = z.infer<typeof wholeLetterSchema>
export type LetterCause = z.infer<typeof causeSchema>
/** What became, or would become, of many letters. */
export type Redriven = Many
export type AuditLine = z.infer<typeof auditLineSchema>
export type Clock = ClockDocument
export type ClockItem = Clock['items'][number]
export type ClockSource = ClockItem['source']
export type Consumer = z.infer<typeof consumerSchema>
/** What cancelling an order would do. */
export type Cancellation = z.infer<typeof previewSchema>
export type Board = z.infer<typeof boardSchema>
export type SavedFilter = Board['filters'][number]
/** What became, or would become, of many orders. */
export type BulkResult = z.infer<typeof bulkSchema>
export type Fate = BulkResult['items'][number]
export type Figures = z.infer<typeof figuresSchema>

export type Page<Item> = { readonly items: readonly Item[]; readonly nextCursor: string | null }
export type Session = { readonly user: User; readonly accessToken: string; readonly expiresIn: number }
export type Meta = { readonly demo: boolean; readonly temporalUiUrl?: string | undefined }

export const orderStatuses = every<OrderStatus>()([
  'placed',
  'processing',
  'confirmed',
  'dispatched',
  'delivered',
  'cancelling',
  'cancelled',
  'failing',
  'rejected',
])

export const isOver = (status: OrderStatus): boolean =>
  status === 'delivered' || status === 'cancelled' || status === 'rejected'

export const returnStatuses = every<ReturnStatus>()(['requested', 'approved', 'declined', 'received', 'completed'])

/** A return that nothing more will happen to. */
export const isReturnOver = (status: ReturnStatus): boolean => status === 'declined' || status === 'completed'

export const letterStates = every<Letter['state']>()(['open', 'redriven', 'discarded'])
export const consumerGroups = every<Consumer['group']>()([
  'stock',
  'payment',
  'shipping',
  'projection',
  'notification',
  'webhook',
])
export const auditOutcomes = every<AuditLine['outcome']>()(['done', 'refused', 'failed'])

export const clockSources = every<ClockSource>()([
  'temporal',
  'kafka',
  'signal',
  'attempt',
  'ledger',
  'stock',
  'deadLetter',
  'act',
])
