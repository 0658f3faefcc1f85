import type { Money } from '../money.ts'
import type { Goods } from '../order.ts'

export const returnStatuses = ['requested', 'approved', 'declined', 'received', 'completed'] as const
/** `received`: the goods are back; they go to the shelf and the money back to the customer. */
export type ReturnStatus = (typeof returnStatuses)[number]

/** One return as readers see it. */
export type ReturnView = {
  /** 1, 2, 3 ... per order. */
  readonly number: number
  readonly status: ReturnStatus
  /** Empty where money is paid back and no goods come back. */
  readonly lines: readonly Goods[]
  readonly amount: Money
  readonly reason: string
  readonly requestedAt: string
  readonly restocked: boolean
  readonly refunded: boolean
  readonly needsAttention: boolean
}

/** A return that nothing more will happen to. */
export const isReturnOver = ({ status }: Pick<ReturnView, 'status'>): boolean =>
  status === 'declined' || status === 'completed'
