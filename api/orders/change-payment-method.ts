import { changePaymentMethod } from '../../workflows/messages.ts'
import type { Deps } from '../deps.ts'
import type { Principal } from '../identity/access-token.ts'
import { type Decision, letWorkflowDecide } from './decide.ts'

/** After a decline, while its grace lasts: the workflow's guard decides whether one is awaited. */
export function requestPaymentMethod(
  deps: Pick<Deps, 'orders' | 'temporal'>,
  by: Principal,
  id: string,
  paymentMethod: string,
): Promise<Decision> {
  return letWorkflowDecide(deps, by, id, ['paymentMethodNotAwaited'], (workflow) => {
    const change = { paymentMethod, by: { kind: by.role, id: by.id }, at: new Date().toISOString() }
    return workflow.executeUpdate(changePaymentMethod, { args: [change] })
  })
}
