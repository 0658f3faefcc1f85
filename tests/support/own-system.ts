import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { inject } from 'vitest'
import { startServers } from '../../stack/servers.ts'
import { type Role, roles as everyRole } from '../../stack/processes.ts'
import { startSystem, type System } from '../../stack/system.ts'

/** What an order needs; who only tells others of it costs a test two more processes. */
const orderRoles = everyRole.filter((role) => role !== 'notification' && role !== 'webhook')

/** A second system on the shared servers: own schemas, topics, groups and task queue. Its processes may be killed. */
export async function startOwnSystem(
  env: Readonly<Record<string, string>> = {},
  roles: readonly Role[] = orderRoles,
  { restart = false }: { readonly restart?: boolean } = {},
): Promise<System> {
  const id = randomUUID().slice(0, 8)
  Object.assign(process.env, inject('serverEnv')) // found by address, so nothing is started twice
  const logDir = join(inject('logDir'), `system-${id}`)
  const servers = await startServers({ dataDir: logDir, ports: 'free', report: () => undefined })
  return startSystem({
    servers,
    logDir,
    restart,
    roles,
    env: {
      DATABASE_PREFIX: `t${id}_`,
      KAFKA_PREFIX: `t${id}.`,
      TASK_QUEUE: `orders-${id}`,
      DEMO: '1',
      STEP_DEADLINE_SECONDS: '60',
      RETRY_SECONDS: '5',
      PROVIDER_TIMEOUT_SECONDS: '1',
      CARRIER_DISPATCH_DELAY_MS: '300',
      CARRIER_DELIVERY_DELAY_MS: '300',
      ...env,
    },
  })
}
