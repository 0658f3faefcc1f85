import { beforeAll, describe, expect, it } from 'vitest'
import { sign } from '../platform/signature.ts'
import { signForEasyPost } from '../workers/shipping/carriers/easypost-signature.ts'
import { readEvent } from './shipment-webhooks.ts'
import { makeTestApp } from './testing.ts'

let test: Awaited<ReturnType<typeof makeTestApp>>
beforeAll(async () => {
  test = await makeTestApp()
})

const post = async (carrier: string, body: string, headers: Record<string, string>) => {
  const url = `/v1/webhooks/shipments/${carrier}`
  const response = await test.app.request(url, { method: 'POST', body, headers })
  const { code, errors } = (await response.json()) as { code?: string; errors?: readonly { pointer: string }[] }
  return { status: response.status, code, pointers: errors?.map(({ pointer }) => pointer) }
}
const signed = (body: string, secret = 'test-secret') => ({ 'Webhook-Signature': sign(secret, body) })

describe('a carrier’s webhook', () => {
  it('is refused before anything is read of it, unless it is signed', async () => {
    expect(await post('simulator', 'nonsense', {})).toMatchObject({ status: 401, code: 'invalid_signature' })
    const other = signed('nonsense', 'other')
    expect(await post('simulator', 'nonsense', other)).toMatchObject({ status: 401, code: 'invalid_signature' })
  })

  it('is refused where no secret is set, whatever it is signed with', async () => {
    const { app } = await makeTestApp({ webhookSecrets: { simulator: '', stripe: '', easypost: '' } })
    for (const [carrier, headers] of [
      ['simulator', signed('{}', '')],
      ['easypost', { 'X-Hmac-Signature': signForEasyPost('', '{}') }],
    ] as const) {
      const response = await app.request(`/v1/webhooks/shipments/${carrier}`, { method: 'POST', body: '{}', headers })
      expect([carrier, response.status]).toEqual([carrier, 401])
    }
  })

  it('that is signed and makes no sense is told each violation', async () => {
    expect(await post('simulator', 'nonsense', signed('nonsense'))).toMatchObject({ status: 422, pointers: [''] })
    const body = JSON.stringify({ id: 'a b', type: 'parcel.eaten', occurredAt: 'today', data: {} })
    expect(await post('simulator', body, signed(body))).toMatchObject({
      status: 422,
      pointers: ['/id', '/type', '/occurredAt', '/data/trackingNumber'],
    })
    const update = JSON.stringify({ id: 'evt_1', description: 'tracker.updated', result: { status: 'delivered' } })
    const headers = { 'X-Hmac-Signature': signForEasyPost('test-secret', update) }
    expect(await post('easypost', update, headers)).toMatchObject({ status: 422, pointers: ['/result/tracking_code'] })
  })

  it('of a carrier that there is not: 404; too large: 413', async () => {
    expect(await post('pigeon', '{}', signed('{}'))).toMatchObject({ status: 404, code: 'not_found' })
    const large = 'x'.repeat(70_000)
    expect(await post('simulator', large, signed(large))).toMatchObject({ status: 413, code: 'body_too_large' })
  })
})

describe('an EasyPost event', () => {
  it('about something else than a tracker is nothing to us', () => {
    expect(readEvent('easypost', '{"id":"evt_1","description":"batch.updated","result":{}}')).toBeUndefined()
  })

  it('is an entry of the history even where it lists no scans', () => {
    const event = {
      id: 'evt_1',
      object: 'Event',
      description: 'tracker.updated',
      created_at: '2026-01-31T09:30:00Z',
      result: { id: 'trk_1', object: 'Tracker', tracking_code: 'EZ2000000002', status: 'in_transit' },
    }
    expect(readEvent('easypost', JSON.stringify(event))).toEqual({
      carrier: 'easypost',
      id: 'evt_1',
      type: 'tracker.updated',
      news: {
        trackingNumber: 'EZ2000000002',
        status: 'dispatched',
        events: [{ id: 'evt_1', status: 'dispatched', occurredAt: '2026-01-31T09:30:00.000Z' }],
      },
    })
  })
})
