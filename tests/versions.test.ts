import { randomUUID } from 'node:crypto'
import { Client, Connection } from '@temporalio/client'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { orderId } from '../domain/ids.ts'
import { makePlan } from '../domain/saga/plan.ts'
import { invent } from '../domain/saga/testing.ts'
import { orderSaga } from '../domain/steps/index.ts'
import { readConfig } from '../platform/config.ts'
import { promote } from '../stack/promoting.ts'
import type { System } from '../stack/system.ts'
import { startOwnSystem } from './support/own-system.ts'
import { newProduct, type Person, register, signInAdmin } from './support/shop.ts'

const deploymentName = `holdfast-${randomUUID().slice(0, 8)}`

let system: System
let connection: Connection
let client: Client
let customer: Person
let sku: string
beforeAll(async () => {
  const v1 = { WORKER_DEPLOYMENT: deploymentName, WORKER_BUILD_ID: 'v1' }
  system = await startOwnSystem({ ...v1, CARRIER_DISPATCH_DELAY_MS: '600000' })
  connection = await Connection.connect({ address: system.env['TEMPORAL_ADDRESS'] ?? '' })
  client = new Client({ connection })
  await current('v1')
  customer = await register(system.apiUrl)
  sku = await newProduct(await signInAdmin(system.apiUrl), 50)
})
afterAll(async () => {
  await connection.close()
  await system.stop()
})

const current = (buildId: string) =>
  promote({ access: readConfig(system.env), namespace: 'default', deploymentName, buildId })

/** What is looked at of an event in Temporal's history. */
type TaskEvent = {
  readonly workflowTaskCompletedEventAttributes?: {
    readonly deploymentVersion?: { readonly buildId?: string } | null
    readonly workerDeploymentVersion?: string | null
  } | null
}

/** The builds that worked on an order, first to last, each once. */
async function buildsOf(id: string): Promise<readonly string[]> {
  const { events } = await client.workflow.getHandle(id).fetchHistory()
  const builds = ((events ?? []) as readonly TaskEvent[]).flatMap(({ workflowTaskCompletedEventAttributes: done }) =>
    done ? [done.deploymentVersion?.buildId ?? done.workerDeploymentVersion ?? 'none'] : [],
  )
  return [...new Set(builds)]
}

async function confirmed(): Promise<string> {
  const { body } = await customer.place({ sku })
  await customer.until(body.id, 'confirmed')
  return body.id
}

describe('two versions of the worker side by side', () => {
  it('end the orders that began on them: old ones on the old, new ones on the new', async () => {
    const before = await confirmed()
    await system.start('temporal', 'temporal-2', { WORKER_BUILD_ID: 'v2' })
    await current('v2')
    const after = await vi.waitFor(async () => {
      const id = await confirmed()
      expect(await buildsOf(id)).toEqual([expect.stringContaining('v2')]) // the switch takes a moment to get around
      return id
    }, 60_000)

    for (const id of [before, after]) {
      await customer.call('POST', `/v1/orders/${id}/cancellation`, {})
      await customer.until(id, 'cancelled')
    }
    expect(await buildsOf(before)).toEqual([expect.stringContaining('v1')])
    expect(await buildsOf(after)).toEqual([expect.stringContaining('v2')])
  })
})

describe('an order under way keeps the plan it was placed with', () => {
  it.each([
    ['a step put into the list', makePlan([...orderSaga.slice(1), [invent('wrapping')]], policy())],
    ['a step taken out of it', makePlan(orderSaga.slice(1, 2), policy())],
  ])('whatever newer ones have: %s', async (_, other) => {
    const old = await confirmed()
    // an order placed by a newer deployment, on the same workers at the same time
    const id = orderId(randomUUID())
    const { order } = (await client.workflow.getHandle(old).describe()).memo as { order: { id: string } }
    const newer = await client.workflow.start('orderWorkflow', {
      workflowId: id,
      taskQueue: system.env['TASK_QUEUE'] ?? '',
      args: [{ order: { ...order, id, placedAt: new Date().toISOString() }, plan: other, fingerprint: 'f' }],
    })
    const steps = async (one: string) => {
      const { body } = await customer.call<{ steps: { step: string; state: string }[] }>(
        'GET',
        `/v1/orders/${one}/saga`,
      )
      return body.steps?.map(({ step, state }) => `${step} ${state}`)
    }
    await vi.waitFor(
      async () => expect((await steps(id))?.slice(0, 2)).toEqual(['stock succeeded', 'payment succeeded']),
      {
        timeout: 20_000,
      },
    )
    expect((await steps(id))?.map((step) => step.split(' ')[0])).toEqual(other.stages.flat().map(({ name }) => name))
    expect(await steps(old)).toEqual(['stock succeeded', 'payment succeeded', 'shipping succeeded'])
    await customer.call('POST', `/v1/orders/${old}/cancellation`, {})
    await customer.until(old, 'cancelled')
    await newer.terminate('the test is over')
  })
})

function policy() {
  return { retry: { firstMs: 5_000, attempts: 3 } }
}
