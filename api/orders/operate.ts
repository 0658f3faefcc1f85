import type { WorkflowHandle } from '@temporalio/client'
import { approval } from '../../domain/steps/approval.ts'
import * as messages from '../../workflows/messages.ts'
import type { Deps } from '../deps.ts'
import type { Principal } from '../identity/access-token.ts'
import { type Decision, letWorkflowDecide } from './decide.ts'

type Needs = Pick<Deps, 'orders' | 'temporal'>
type Noted = { readonly step: string; readonly note: string }

/** What an admin may do to a running order; whether it may be done, the workflow's guards say. */
function act(
  deps: Needs,
  by: Principal,
  id: string,
  refusals: readonly string[],
  update: (workflow: WorkflowHandle, now: ReturnType<typeof stamp>) => Promise<messages.Accepted>,
): Promise<Decision> {
  return letWorkflowDecide(deps, by, id, refusals, (workflow) => update(workflow, stamp(by)))
}

const stamp = ({ role, id }: Principal) => ({ by: { kind: role, id }, at: new Date().toISOString() })

/** Asks a stuck or refused undo, commit or capture again. */
export const requestRetry = (deps: Needs, by: Principal, id: string, what: Noted) =>
  act(deps, by, id, ['notRetryable'], (workflow, now) =>
    workflow.executeUpdate(messages.retryStep, { args: [{ ...what, ...now }] }),
  )

/** Says that it was done outside; for money another admin has to agree. */
export const requestDoneByHand = (deps: Needs, by: Principal, id: string, what: Noted) =>
  act(deps, by, id, ['notRetryable', 'alreadyRequested'], (workflow, now) =>
    workflow.executeUpdate(messages.doneByHand, { args: [{ ...what, ...now }] }),
  )

export const approveResolution = (deps: Needs, by: Principal, id: string, number: number) =>
  act(deps, by, id, ['noSuchResolution', 'sameAdmin'], (workflow, now) =>
    workflow.executeUpdate(messages.approveResolution, { args: [{ number, ...now }] }),
  )

type Approval = { readonly approve: boolean; readonly note?: string | undefined }

/** Yes or no to an order above the limit. */
export const decideApproval = (deps: Needs, by: Principal, id: string, { approve, note }: Approval) =>
  act(deps, by, id, ['notDecidable'], (workflow, now) => {
    const decision = { step: approval.name, approve, ...(note !== undefined && { note }), ...now }
    return workflow.executeUpdate(messages.decideStep, { args: [decision] })
  })

export const requestDeadline = (
  deps: Needs,
  by: Principal,
  id: string,
  what: Noted & { readonly deadlineAt: string; readonly onlyLater?: true },
) =>
  act(deps, by, id, ['noDeadline', 'noLaterDeadline'], (workflow, now) =>
    workflow.executeUpdate(messages.changeDeadline, { args: [{ ...what, ...now }] }),
  )
