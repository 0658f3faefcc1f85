import type { Context } from './context.ts'

export type Finding = {
  /** The order, SKU, group or dead letter that it is about. */
  readonly subject: string
  readonly orderId?: string
  /** What is, and what should be. */
  readonly difference: string
  /** The command or act that mends it, or says more. Nothing here does it. */
  readonly repair: string
}

export type Result = { readonly looked: number; readonly findings: readonly Finding[] }

/** Something that is always true of the whole system, once those who are under way have caught up. */
export type Invariant = {
  readonly name: string
  /** The question, in a line. */
  readonly asks: string
  /** Whether it can be asked of one order alone. */
  readonly ofOrders: boolean
  readonly check: (context: Context) => Promise<Result>
}
