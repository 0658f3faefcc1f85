import { describe, expect, it } from 'vitest'
import { askedIn } from './asks.ts'

const id = '00000000-0000-4000-8000-000000000001'
const ask = (participant: string, more: object = {}) => ({ participant, step: participant, action: 'perform', ...more })
const message = (data: unknown, { key = id, awaits = 'stock,payment' } = {}) => ({
  key: Buffer.from(key),
  value: Buffer.from(typeof data === 'string' ? data : JSON.stringify(data)),
  headers: { ce_awaits: awaits },
  partition: 0,
  offset: '7',
})

describe('what an unreadable message asks', () => {
  it('is found where the rest of it is not what the contract says', () => {
    const data = { status: 'no such status', asks: [ask('stock'), ask('payment', { round: 'one' })] }
    expect(askedIn('payment', message(data))).toEqual([{ orderId: id, step: 'payment', action: 'perform' }])
  })

  it.each([
    ['is not JSON', message('{')],
    ['is no object', message('[1]')],
    ['has asks that are no list', message({ asks: 'payment' })],
    ['asks for what nobody can', message({ asks: [ask('payment', { action: 'dance' }), null, 1] })],
    ['asks others', message({ asks: [ask('stock')] })],
    ['has no order id for a key', message({ asks: [ask('payment')] }, { key: 'x' })],
    ['does not say that it awaits somebody', message({ asks: [ask('payment')] }, { awaits: 'stock' })],
  ])('is nothing when it %s', (_what, given) => {
    expect(askedIn('payment', given)).toEqual([])
  })
})
