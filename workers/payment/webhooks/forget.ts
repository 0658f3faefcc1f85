import type { Kysely } from 'kysely'
import type { Forget } from '../../../platform/forgetting.ts'
import { forgetReceived, type ReceivedTables } from '../../participant/forget.ts'
import type { PaymentTables } from '../tables.ts'

/**
 * What providers have told, the parked too: a task is there before its provider can tell of it, so they never become
 * ours. One that comes again after that is taken in once more, which only makes an open task ask the provider sooner;
 * nothing is decided by it, and of a payment that is over no task is open.
 */
export const forgetWebhooks = (database: Kysely<PaymentTables>): readonly Forget[] => {
  const received = database as unknown as Kysely<ReceivedTables>
  return [forgetReceived(received, 'taken'), forgetReceived(received, 'parked')]
}
