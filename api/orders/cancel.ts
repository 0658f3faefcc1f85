import { cancelOrder } from '../../workflows/messages.ts'
import type { Deps } from '../deps.ts'
import type { Principal } from '../identity/access-token.ts'
import { type Decision, letWorkflowDecide } from './decide.ts'

/** Asks the order's workflow, whose guard decides at once whether the order is cancelled. */
export function requestCancellation(
  deps: Pick<Deps, 'orders' | 'temporal'>,
  by: Principal,
  id: string,
  reason: string | undefined,
): Promise<Decision> {
  return letWorkflowDecide(deps, by, id, ['notCancellable'], (workflow) => {
    const actor = { kind: by.role, id: by.id }
    const cancel = { by: actor, ...(reason !== undefined && { reason }), at: new Date().toISOString() }
    return workflow.executeUpdate(cancelOrder, { args: [cancel] })
  })
}
