import { setTimeout as pause } from 'node:timers/promises'
import { Connection } from '@temporalio/client'
import { type TemporalAccess, temporalAccess } from '../platform/temporal-access.ts'

export type Promotion = {
  readonly access: TemporalAccess
  readonly namespace: string
  readonly deploymentName: string
  readonly buildId: string
}

const patienceMs = 30_000

/** Lets new orders begin on this build, as soon as the server has heard of one of its workers. @throws after 30 s. */
export async function promote({ access, namespace, deploymentName, buildId }: Promotion): Promise<void> {
  const connection = await Connection.connect(temporalAccess(access))
  const until = Date.now() + patienceMs
  try {
    for (;;) {
      try {
        const request = {
          namespace,
          deploymentName,
          buildId,
          version: `${deploymentName}.${buildId}`,
          identity: 'promote',
        }
        await connection.workflowService.setWorkerDeploymentCurrentVersion(request)
        return
      } catch (error) {
        if (Date.now() > until) throw error
        await pause(500) // a worker that has just started is not known at once
      }
    }
  } finally {
    await connection.close()
  }
}
