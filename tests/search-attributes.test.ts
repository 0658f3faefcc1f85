import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client, Connection } from '@temporalio/client'
import { TypedSearchAttributes } from '@temporalio/common'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { logDirOf } from '../stack/data-folder.ts'
import { choosePorts } from '../stack/running/ports.ts'
import { ownServer } from '../stack/server.ts'
import type { ServerPlan } from '../stack/server-plan.ts'
import { planTemporal } from '../stack/temporal/plan.ts'
import { customerIdKey, needsAttentionKey, orderStatusKey } from '../workflows/search-attributes.ts'

/** As a version started it that did not have this attribute yet. */
const without = (name: string, plan: ServerPlan): ServerPlan => ({
  ...plan,
  command: (ports) => {
    const { args, ...rest } = plan.command(ports)
    const at = args.findIndex((each) => each.startsWith(`${name}=`))
    return { ...rest, args: [...args.slice(0, at - 1), ...args.slice(at + 1)] }
  },
  afterStart: async () => undefined,
})

describe('a search attribute that came with a newer version', () => {
  let dataDir: string
  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'holdfast-attributes-'))
    await mkdir(logDirOf(dataDir), { recursive: true })
  })
  afterAll(() => rm(dataDir, { recursive: true, force: true }))

  it('can be given to an order as soon as the server is up, on the file of the older one', async () => {
    const report = (): void => undefined
    const plan = await planTemporal({ dataDir, report })
    const ports = await choosePorts(plan.ports.map(() => undefined))
    const options = { dataDir, report, restart: false }
    const older = ownServer(without(customerIdKey.name, plan), ports, options)
    await older.start()
    await older.stop()
    const server = ownServer(plan, ports, options)
    await server.start()
    const connection = await Connection.connect({ address: `127.0.0.1:${ports[0]}` })
    try {
      const { workflow } = new Client({ connection })
      const typedSearchAttributes = new TypedSearchAttributes([
        { key: orderStatusKey, value: 'placed' },
        { key: customerIdKey, value: 'somebody' },
        { key: needsAttentionKey, value: false },
      ])
      await workflow.start('order', { workflowId: 'first', taskQueue: 'nobody', typedSearchAttributes })
      const known = await workflow.getHandle('first').describe()
      expect(known.typedSearchAttributes.get(customerIdKey)).toBe('somebody')
    } finally {
      await connection.close()
      await server.stop()
    }
  })
})
