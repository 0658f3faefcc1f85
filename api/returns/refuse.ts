import { ProblemError } from '../problem.ts'
import type { Refusal } from './ask.ts'

/** The guard's no, as the caller gets it. */
export function refuse(why: Refusal): ProblemError {
  switch (why) {
    case 'notDelivered':
      return new ProblemError(
        'order_not_delivered',
        'Goods can be sent back once they are delivered. Before, cancel it.',
      )
    case 'windowOver':
      return new ProblemError('return_window_over', 'Its goods could be sent back until some time ago.')
    case 'moreThanBought':
      return new ProblemError('more_than_bought', 'All returns together would be more than was bought: see the others.')
    case 'moreThanPaid':
      return new ProblemError('refund_above_captured', 'All refunds together would be more than was paid.')
    case 'keyReused':
      return new ProblemError('idempotency_key_reused', 'Another return was requested with it. Take a new key.')
    case 'secondAdminNeeded':
      return new ProblemError(
        'second_admin_needed',
        'Somebody else of the staff has to agree; to money without goods, another admin.',
      )
    case 'notNow':
      return new ProblemError('return_in_other_state', 'The return is not in the state that this needs: look at it.')
  }
}
