import { describe, expect, it } from 'vitest'
import { addressId, customerId, orderId, sku } from '../../domain/ids.ts'
import { type OrderStatus, orderStatuses } from '../../domain/order.ts'
import { orderDocument } from './document.ts'
import { stateOfNew, stateOfRow } from './state.ts'

const eur = (amountMinor: number) => ({ amountMinor, currency: 'EUR' })
const order = {
  id: orderId('33333333-3333-4333-8333-333333333333'),
  customerId: customerId('11111111-1111-4111-8111-111111111111'),
  lines: [{ sku: sku('MUG'), name: 'Mug', quantity: 2, unitPrice: eur(1), lineTotal: eur(2) }],
  total: eur(2),
  paymentMethod: 'pm_card_visa',
  addressId: addressId('44444444-4444-4444-8444-444444444444'),
  destination: { country: 'DE', postalCode: '10115' },
  placedAt: '2026-01-01T00:00:00.000Z',
}
const address = { name: 'Kim', line1: 'Street 1', city: 'Berlin', postalCode: '10115', country: 'DE' }

describe('the order document', () => {
  it('has what the contract says and nothing else', () => {
    expect(orderDocument(stateOfNew(order), address)).toEqual({
      id: order.id,
      status: 'placed',
      needsAttention: false,
      customerId: order.customerId,
      lines: order.lines,
      total: order.total,
      shippingAddress: address,
      placedAt: order.placedAt,
      updatedAt: order.placedAt,
      version: 1,
      actions: ['cancel'],
    })
  })

  it('says null for an address that was erased', () => {
    expect(orderDocument(stateOfNew(order), undefined).shippingAddress).toBeNull()
  })

  it('shows payment, shipment and failure once the projection knows them', () => {
    const state = stateOfRow({
      id: order.id,
      customer_id: order.customerId,
      status: 'failing',
      needs_attention: 1,
      placed_at: new Date(order.placedAt),
      updated_at: new Date('2026-01-01T00:00:05.000Z'),
      version: 4,
      fingerprint: 'f',
      body: order,
      payment: { status: 'declined', provider: 'simulator' },
      shipment: null,
      failure: { step: 'payment', code: 'declined', message: 'No' },
      cancellation_refused: 0,
      waiting_for: 'payment,stock',
      waiting_since: new Date('2026-01-01T00:00:03.000Z'),
    })
    const document = orderDocument(state, address)
    expect(document).toMatchObject({
      needsAttention: true,
      payment: { status: 'declined', provider: 'simulator' },
      failure: { step: 'payment' },
      waiting: { for: ['payment', 'stock'], since: '2026-01-01T00:00:03.000Z' },
      updatedAt: '2026-01-01T00:00:05.000Z',
      version: 4,
      actions: [],
    })
    expect(document).not.toHaveProperty('shipment')
  })

  it('offers cancelling just while the guard would let it pass', () => {
    const offering = orderStatuses.filter((status) =>
      orderDocument({ ...stateOfNew(order), status }, address).actions.includes('cancel'),
    )
    expect(offering).toEqual(['placed', 'processing', 'confirmed'])
    expect(
      orderDocument({ ...stateOfNew(order), status: 'confirmed', cancellationRefused: true }, address).actions,
    ).toEqual([])
  })

  it('offers another payment method while a decline has its grace, and returns once it is delivered', () => {
    const actions = (status: OrderStatus, payment: Readonly<Record<string, unknown>>) =>
      orderDocument({ ...stateOfNew(order), status, payment }, address).actions
    const retryUntil = '2026-01-01T00:10:00.000Z'
    expect(actions('processing', { status: 'declined', retryUntil })).toEqual(['cancel', 'changePaymentMethod'])
    expect(actions('processing', { status: 'pending', retryUntil: null })).toEqual(['cancel'])
    expect(actions('failing', { status: 'declined', retryUntil })).toEqual([])
    expect(actions('delivered', { status: 'captured' })).toEqual(['return'])
  })
})
