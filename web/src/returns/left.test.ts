import { expect, it } from 'vitest'
import type { Return } from '../http/contract.ts'
import { leftOf, refundableOf, worthOf } from './left.ts'

const eur = (amountMinor: number) => ({ amountMinor, currency: 'EUR' })
const line = (sku: string, quantity: number, price: number) => ({
  sku,
  name: sku,
  quantity,
  unitPrice: eur(price),
  lineTotal: eur(price * quantity),
})
const order = { lines: [line('A', 3, 1000), line('B', 1, 250)], total: eur(3250) }

const sentBack = (status: Return['status'], amountMinor: number, lines: Return['lines']): Return => ({
  number: 1,
  status,
  lines,
  amount: eur(amountMinor),
  reason: '',
  requestedAt: '2026-01-31T09:30:00.000Z',
  restocked: false,
  refunded: false,
  needsAttention: false,
})

it('leaves of each line what was bought less what other returns have, but not less what was declined', () => {
  const returns = [
    sentBack('approved', 1000, [{ sku: 'A', quantity: 1 }]),
    sentBack('declined', 2250, [
      { sku: 'A', quantity: 2 },
      { sku: 'B', quantity: 1 },
    ]),
  ]
  expect(leftOf(order, returns, 'A')).toBe(2)
  expect(leftOf(order, returns, 'B')).toBe(1)
  expect(leftOf(order, returns, 'C')).toBe(0)
})

it('leaves of the money what was paid less what returns and refunds have', () => {
  const returns = [sentBack('completed', 1000, [{ sku: 'A', quantity: 1 }]), sentBack('received', 500, [])]
  expect(refundableOf(order, returns)).toEqual(eur(1750))
  expect(refundableOf(order, [sentBack('declined', 3250, [])])).toEqual(eur(3250))
})

it('pays back what the goods were bought for', () => {
  const goods = [
    { sku: 'A', quantity: 2 },
    { sku: 'B', quantity: 1 },
  ]
  expect(worthOf(order, goods)).toEqual(eur(2250))
  expect(worthOf(order, [])).toEqual(eur(0))
})
