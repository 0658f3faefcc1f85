import { Connection } from '@temporalio/client'
import { msToTs } from '@temporalio/common'
import { waitUntilHealthy } from '../running/wait.ts'
import { searchAttributes } from './search-attributes.ts'

const namespace = 'default'
const retentionSeconds = 90 * 24 * 60 * 60
/** Numbers of `IndexedValueType` in Temporal's API. */
const typeNumbers = { Keyword: 2, Bool: 5 } as const

/** Throws unless the server answers for our namespace. */
export const checkTemporal = (address: string): Promise<void> =>
  connected(address, async (connection) => {
    await connection.workflowService.describeNamespace({ namespace })
  })

/**
 * What the development server's flags cannot say, or say only for a new file: closed orders are kept 90 days instead
 * of one, and search attributes that came with a newer version are added. The server knows those after two seconds at
 * most: until then it would refuse every order that has one.
 */
export const setUpNamespace = (address: string): Promise<void> =>
  connected(address, async ({ workflowService, operatorService }) => {
    const { config } = await workflowService.describeNamespace({ namespace })
    if (Number(config?.workflowExecutionRetentionTtl?.seconds ?? 0) < retentionSeconds) {
      const workflowExecutionRetentionTtl = msToTs(retentionSeconds * 1_000)
      await workflowService.updateNamespace({ namespace, config: { workflowExecutionRetentionTtl } })
    }
    const { customAttributes } = await operatorService.listSearchAttributes({ namespace })
    const missing = Object.entries(searchAttributes).filter(([name]) => customAttributes[name] === undefined)
    if (missing.length === 0) return
    const added = Object.fromEntries(missing.map(([name, type]) => [name, typeNumbers[type]]))
    await operatorService.addSearchAttributes({ namespace, searchAttributes: added })
    await waitUntilHealthy({
      what: 'Temporal, for its new search attributes,',
      check: async () => {
        const query = missing.map(([name]) => `${name} IS NULL`).join(' AND ')
        await workflowService.countWorkflowExecutions({ namespace, query })
      },
      timeoutMs: 4_000,
    })
  })

async function connected(address: string, work: (connection: Connection) => Promise<void>): Promise<void> {
  const connection = await Connection.connect({ address, connectTimeout: 2_000 })
  try {
    await connection.withDeadline(Date.now() + 5_000, () => work(connection))
  } finally {
    await connection.close()
  }
}
