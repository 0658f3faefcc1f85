import { describe, expect, it } from 'vitest'
import type { Deps } from './deps.ts'
import { makeTestApp } from './testing.ts'

const since = '2026-01-01T10:00:00.000Z'

/** What somebody of that role is answered while the groups do as told. */
async function consumers(role: 'customer' | 'support' | 'admin', readGroups: Deps['readGroups']) {
  const { app, bearer } = await makeTestApp({ readGroups })
  const response = await app.request('/v1/admin/consumers', { headers: await bearer(role) })
  return { status: response.status, body: await response.json() }
}

describe('the consumer groups', () => {
  const two: Deps['readGroups'] = async () =>
    new Map([
      ['stock', { members: 2, lag: 0 }],
      ['payment', { members: 1, lag: 7, standsStill: { since, cause: 'ECONNREFUSED' } }],
    ])

  it('are told to staff, with what stands still and why', async () => {
    expect(await consumers('support', two)).toEqual({
      status: 200,
      body: {
        items: [
          { group: 'stock', members: 2, lag: 0, standsStill: null },
          { group: 'payment', members: 1, lag: 7, standsStill: { since, cause: 'ECONNREFUSED' } },
        ],
        nextCursor: null,
      },
    })
  })

  it('are not told to customers', async () => {
    expect(await consumers('customer', two)).toMatchObject({ status: 403, body: { code: 'forbidden' } })
  })

  it('are not invented while Kafka does not tell', async () => {
    const answer = await consumers('admin', async () => undefined)
    expect(answer).toMatchObject({ status: 503, body: { code: 'dependency_unavailable' } })
  })
})
