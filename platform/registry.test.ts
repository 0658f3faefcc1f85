import { afterAll, describe, expect, it } from 'vitest'
import { measure, openAtZero, sendMeasurements, timed } from './meters.ts'
import { gaugesOf, processRegistry } from './registry.ts'

const registry = processRegistry()
const served = async (name: string): Promise<readonly string[]> =>
  (await registry.getSingleMetricAsString(name)).split('\n').filter((line) => !line.startsWith('#'))
afterAll(() => sendMeasurements(() => undefined))

describe('a series that is expected', () => {
  it('stands at 0 before the first of it, and keeps what was counted when it is expected again', async () => {
    const labels = { step: 'stock', action: 'perform' }
    const line = 'holdfast_saga_deadlines_total{step="stock",action="perform"}'
    openAtZero({ name: 'holdfast_saga_deadlines_total', labels })
    expect(await served('holdfast_saga_deadlines_total')).toEqual([`${line} 0`])
    measure('holdfast_saga_deadlines_total', labels)
    openAtZero({ name: 'holdfast_saga_deadlines_total', labels })
    expect(await served('holdfast_saga_deadlines_total')).toEqual([`${line} 1`])
  })

  it('of durations has a count of 0, and the first failure makes it 1', async () => {
    const name = 'messaging_client_operation_duration_seconds'
    const count = `${name}_count{destination="orders",outcome="error"}`
    openAtZero({ name, labels: { destination: 'orders', outcome: 'error' } })
    expect(await served(name)).toContain(`${count} 0`)
    const failing = timed(
      (seconds, outcome) => measure(name, { destination: 'orders', outcome }, seconds),
      () => Promise.reject(new Error('no')),
    )
    await expect(failing).rejects.toThrow('no')
    expect(await served(name)).toContain(`${count} 1`)
  })
})

describe('a gauge', () => {
  it('tells what is so when somebody scrapes, and nothing of the scrape before', async () => {
    let groups = ['stock', 'payment']
    gaugesOf(registry)('lag', 'Messages behind', ['group'], async (to) => {
      for (const group of await Promise.resolve(groups)) to.set({ group }, 1)
    })
    expect(await served('lag')).toEqual(['lag{group="stock"} 1', 'lag{group="payment"} 1'])
    groups = ['payment']
    expect(await served('lag')).toEqual(['lag{group="payment"} 1'])
  })
})
