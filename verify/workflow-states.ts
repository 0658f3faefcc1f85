import { WorkflowNotFoundError } from '@temporalio/client'
import { orderWorkflowType } from '../workflows/messages.ts'
import type { Context } from './context.ts'

type Needs = Pick<Context, 'temporal' | 'config' | 'orderId'>

const pageSize = 200

/**
 * Order ids of this system's workflows, a page at a time. The list may lag behind: what it says of one order is asked
 * again. One order that is asked for stands alone, if Temporal knows it.
 */
export async function* workflowPages(needs: Needs, which: 'running' | 'all'): AsyncGenerator<readonly string[]> {
  const { temporal, config, orderId } = needs
  if (orderId !== undefined) {
    const state = await stateOf(needs, orderId)
    if (state === 'running' || (which === 'all' && state !== 'none')) yield [orderId]
    return
  }
  const ours = `WorkflowType = '${orderWorkflowType}' AND TaskQueue = '${config.TASK_QUEUE}'`
  const query = which === 'running' ? `${ours} AND ExecutionStatus = 'Running'` : ours
  let page = new Set<string>() // an order that was resumed has had several
  for await (const { workflowId } of temporal.client.workflow.list({ query, pageSize })) {
    page.add(workflowId)
    if (page.size < pageSize) continue
    yield [...page]
    page = new Set()
  }
  if (page.size > 0) yield [...page]
}

/** `running`, `completed`, `terminated` ...; `none` where Temporal has never heard of it, or has forgotten it. */
export const stateOf = async (needs: Pick<Needs, 'temporal'>, id: string): Promise<string> =>
  (await describe(needs, id)).state

export type WorkflowState = { readonly state: string; readonly startedAt?: Date }

export async function describe({ temporal }: Pick<Needs, 'temporal'>, id: string): Promise<WorkflowState> {
  try {
    const { status, startTime } = await temporal.client.workflow.getHandle(id).describe()
    return { state: status.name.toLowerCase(), startedAt: startTime }
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return { state: 'none' }
    throw error
  }
}
