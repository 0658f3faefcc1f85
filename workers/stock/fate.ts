import { type Client, WorkflowNotFoundError } from '@temporalio/client'
import type { Fate } from './sweep.ts'

/** Asks Temporal what became of orders. @throws where it does not answer. */
export const makeFateOf =
  (client: Pick<Client, 'workflow'>) =>
  async (orderId: string): Promise<Fate> => {
    const handle = client.workflow.getHandle(orderId)
    try {
      const { status } = await handle.describe()
      if (status.name === 'RUNNING' || status.name === 'CONTINUED_AS_NEW' || status.name === 'PAUSED') return 'open'
      if (status.name !== 'COMPLETED') return 'failed'
      const result: unknown = await handle.result()
      const ended = typeof result === 'object' && result !== null && 'status' in result ? result.status : undefined
      return ended === 'rejected' || ended === 'cancelled' || ended === 'delivered' ? ended : 'failed'
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return 'gone'
      throw error
    }
  }
