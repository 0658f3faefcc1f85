import { retryStep } from '../../workflows/messages.ts'
import type { Deps } from '../deps.ts'
import type { Principal } from '../identity/access-token.ts'
import { type Decision, letWorkflowDecide } from './decide.ts'

/** Asks a stuck or refused undo, commit or capture again; the workflow's guard decides whether there is one. */
export function requestRetry(
  deps: Pick<Deps, 'orders' | 'temporal'>,
  by: Principal,
  id: string,
  { step, note }: { readonly step: string; readonly note: string },
): Promise<Decision> {
  return letWorkflowDecide(deps, by, id, 'notRetryable', (workflow) => {
    const retry = { step, note, by: { kind: by.role, id: by.id }, at: new Date().toISOString() }
    return workflow.executeUpdate(retryStep, { args: [retry] })
  })
}
