import { describe, expect, it } from 'vitest'
import { rollingRestart } from '../chaos/rolling/run.ts'

describe('a deployment under load', () => {
  it('fails no request, loses no order and leaves every group at once', async () => {
    const { rolled, faults, requests } = await rollingRestart({
      seed: 1,
      ordersPerSecond: 2,
      readsPerSecond: 2,
      doubled: ['api', 'stock'],
      restarted: ['temporal', 'stock', 'api'],
      quietWithinMs: 240_000,
      report: () => undefined,
    })
    expect(faults).toEqual([])
    expect(rolled.map(({ name, exit }) => [name, exit])).toEqual(
      ['temporal', 'stock', 'stock-2', 'api', 'api-2'].map((name) => [name, '0']),
    )
    expect(requests).toBeGreaterThan(50)
  }, 600_000)
})
