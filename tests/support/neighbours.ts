import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { Client, Connection } from '@temporalio/client'
import { expect, vi } from 'vitest'
import { addressId, customerId, orderId, sku } from '../../domain/ids.ts'
import { money } from '../../domain/money.ts'
import type { Order } from '../../domain/order.ts'
import type { Action } from '../../domain/saga/event.ts'
import type { Answer } from '../../domain/saga/messages.ts'
import { makePlan, type StepDefinition } from '../../domain/saga/plan.ts'
import { orderSaga } from '../../domain/steps/index.ts'
import { connectKafka, withAdmin } from '../../events/kafka.ts'
import { ensureTopics, ordersTopic } from '../../events/topics.ts'
import { readConfig } from '../../platform/config.ts'
import { makeLog } from '../../platform/log.ts'
import { cancelOrder, orderWorkflowType, parcelMoved, participantAnswered } from '../../workflows/messages.ts'

/** A message on the topic, as any downstream reader gets it. */
export type Read = { readonly id: string; readonly type: string; readonly bytes: string; readonly data: Data }
type Data = {
  readonly status: string
  readonly asks?: readonly {
    readonly step: string
    readonly action: string
    readonly round: number
    readonly attempt: number
  }[]
}

/** Real Temporal and Kafka; the participants are played by the test. */
export async function openNeighbours(env: Readonly<Record<string, string>>) {
  const config = readConfig(env)
  const kafka = connectKafka(config, makeLog({ LOG_LEVEL: 'silent' }, 'test'), 'test')
  await withAdmin(kafka, (admin) => ensureTopics(admin, config))
  const connection = await Connection.connect({ address: config.TEMPORAL_ADDRESS })
  const { workflow } = new Client({ connection })
  const read: Read[] = []
  const consumer = kafka.consumer({ groupId: `test-${randomUUID()}`, maxWaitTimeInMs: 100 })
  await consumer.connect()
  await consumer.subscribe({ topics: [ordersTopic(config)], fromBeginning: true })
  await consumer.run({
    eachMessage: ({ message: { value, headers = {} } }) => {
      const text = (name: string) => headers[name]?.toString() ?? ''
      const bytes = JSON.stringify([
        value?.toString(),
        Object.entries(headers).map(([name, v]) => [name, v?.toString()]),
      ])
      read.push({
        id: text('ce_id'),
        type: text('ce_type'),
        bytes,
        data: JSON.parse(value?.toString() ?? '{}') as Data,
      })
      return Promise.resolve()
    },
  })

  const at = () => new Date().toISOString()
  const events = (id: string) => read.filter((one) => one.id.startsWith(id))
  return {
    workflow,
    events,
    async start(stages: readonly (readonly StepDefinition[])[] = orderSaga, deadlines: Record<string, number> = {}) {
      const order = anOrder()
      const plan = makePlan(stages, { deadlines, retry: { firstMs: 5_000, attempts: 3 } })
      await workflow.start(orderWorkflowType, {
        workflowId: order.id,
        taskQueue: config.TASK_QUEUE,
        args: [{ order, plan, fingerprint: 'f'.repeat(43) }],
      })
      return order.id
    },
    answer: (id: string, step: string, action: Action, rest: Partial<Answer> = {}) =>
      workflow
        .getHandle(id)
        .signal(participantAnswered, { step, action, round: 1, outcome: 'completed', at: at(), ...rest }),
    parcel: (id: string, movement: 'dispatched' | 'delivered') =>
      workflow.getHandle(id).signal(parcelMoved, { movement, at: at() }),
    cancel: (id: string) =>
      workflow.getHandle(id).executeUpdate(cancelOrder, { args: [{ by: { kind: 'customer', id: 'test' }, at: at() }] }),
    until: (id: string, type: string) =>
      vi.waitFor(() => expect(events(id).map((one) => one.type)).toContain(type), { timeout: 60_000, interval: 50 }),
    async close() {
      await consumer.disconnect()
      await connection.close()
    },
  }
}
export type Neighbours = Awaited<ReturnType<typeof openNeighbours>>

/** A worker that never says that it published an event of this type. Kill it. */
export async function spawnHangingWorker(env: Readonly<Record<string, string>>, hangAfter: string) {
  const child = spawn(process.execPath, ['--import', 'tsx', 'tests/support/hanging-worker.ts'], {
    env: { ...process.env, ...env, HANG_AFTER: hangAfter, LOG_LEVEL: 'warn' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await said(child, 'running')
  return {
    hangs: () => said(child, 'published'),
    async kill() {
      child.kill('SIGKILL')
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
    },
  }
}

async function said(child: ChildProcess, word: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      if (chunk.toString().includes(word)) resolve()
    })
    child.once('exit', (code) => reject(new Error(`the worker ended with ${String(code)} before it said ${word}`)))
  })
}

export function anOrder(): Order {
  const price = money(1_000, 'EUR')
  return {
    id: orderId(randomUUID()),
    customerId: customerId(randomUUID()),
    lines: [{ sku: sku('TEST'), name: 'Test', quantity: 1, unitPrice: price, lineTotal: price }],
    total: price,
    paymentMethod: 'pm_card_visa',
    addressId: addressId(randomUUID()),
    destination: { country: 'DE', postalCode: '10115' },
    placedAt: new Date().toISOString(),
  }
}
