import { WorkflowNotFoundError } from '@temporalio/client'
import { orderWorkflowType } from '../workflows/messages.ts'
import type { Context } from './context.ts'

type Needs = Pick<Context, 'temporal' | 'config' | 'orderId'>

/** Order ids of this system's open workflows. The list may lag behind: what it says of one order is asked again. */
export async function listRunning({ temporal, config }: Needs): Promise<ReadonlySet<string>> {
  const ids = new Set<string>()
  const query = `WorkflowType = '${orderWorkflowType}' AND TaskQueue = '${config.TASK_QUEUE}' AND ExecutionStatus = 'Running'`
  for await (const { workflowId } of temporal.client.workflow.list({ query })) ids.add(workflowId)
  return ids
}

/** `running`, `completed`, `terminated` ...; `none` where Temporal has never heard of it, or has forgotten it. */
export async function stateOf({ temporal }: Needs, id: string): Promise<string> {
  try {
    const { status } = await temporal.client.workflow.getHandle(id).describe()
    return status.name.toLowerCase()
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return 'none'
    throw error
  }
}
