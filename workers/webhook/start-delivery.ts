import { type Client, WorkflowExecutionAlreadyStartedError } from '@temporalio/client'
import {
  type DeliveryInput,
  redeliver,
  webhookDeliveryId,
  webhookDeliveryType,
  webhookTaskQueue,
} from '../../workflows/messages.ts'

export type DeliverySettings = { readonly taskQueue: string; readonly timeScale: number }

type Named = { readonly id: string; readonly endpointId: string; readonly eventId: string }

const options = ({ endpointId, eventId }: Named, taskQueue: string) => ({
  workflowId: webhookDeliveryId(endpointId, eventId),
  taskQueue: webhookTaskQueue(taskQueue),
})

/** Starts the workflow of a delivery, if it is not there already. */
export async function startDelivery(
  client: Client,
  named: Named,
  { taskQueue, timeScale }: DeliverySettings,
  isTest?: true,
): Promise<void> {
  const input: DeliveryInput = { deliveryId: named.id, timeScale, ...(isTest && { isTest }) }
  try {
    await client.workflow.start(webhookDeliveryType, {
      ...options(named, taskQueue),
      args: [input],
      workflowIdReusePolicy: 'REJECT_DUPLICATE',
    })
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error
    // an event that came again: its delivery is under way or over
  }
}

/** Under way, it is tried at once; over, it begins again: either by one call, so that none is lost between. */
export async function startAgain(
  client: Client,
  named: Named,
  { taskQueue, timeScale }: DeliverySettings,
  wish: string,
): Promise<void> {
  const input: DeliveryInput = { deliveryId: named.id, timeScale, redelivery: wish }
  await client.workflow.signalWithStart(webhookDeliveryType, {
    ...options(named, taskQueue),
    args: [input],
    signal: redeliver,
    signalArgs: [wish],
    workflowIdReusePolicy: 'ALLOW_DUPLICATE',
  })
}
