import { type Done, NotYet } from '../participant/runner.ts'
import type { Task } from '../participant/tasks.ts'
import type { PaymentTables } from './tables.ts'

export type Outcome = Done<PaymentTables>
export type Answer = NonNullable<Outcome['answer']>

export const rejected = (code: string, message: string): Outcome => ({
  answer: { outcome: 'rejected', reason: { code, message } },
})

/** The provider is at it: asked again after 5 s, 10 s, ... a minute, or as soon as its webhook comes. */
export const notYet = ({ fence }: Task): NotYet => new NotYet(Math.min(60_000, 5_000 * 2 ** Math.min(fence - 1, 4)))
