import type { Money } from '../money.ts'
import type { Actor, Goods } from '../order.ts'
import type { Return } from './state.ts'

type By = { readonly by: Actor; readonly at: string }

/** Whoever asked can't agree to it. Not said by requests from before this rule. */
type Guarded = { readonly guarded?: true }

export type RequestReturn = By &
  Guarded & {
    readonly lines: readonly Goods[]
    readonly reason: string
    readonly key?: Return['key']
  }

/** Money back without goods, up to what is left of the order's total. */
export type RefundOrder = By &
  Guarded & {
    readonly amount: Money
    readonly reason: string
    readonly key?: Return['key']
  }

export type DecideReturn = By & { readonly number: number; readonly approve: boolean; readonly note?: string }
export type ReceiveReturn = By & { readonly number: number; readonly note?: string }
export type RetryReturn = By & { readonly number: number; readonly note: string }
