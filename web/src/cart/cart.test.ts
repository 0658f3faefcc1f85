import { expect, it } from 'vitest'
import { add, emptyCart, mostLines, mostPieces, pieces, readCart, setBackorder, setQuantity } from './cart.ts'

const cart = emptyCart('key-1')

it('has one line for each SKU', () => {
  const filled = add(add(add(cart, 'A'), 'B', 2), 'A')
  expect(filled.lines).toEqual([
    { sku: 'A', quantity: 2 },
    { sku: 'B', quantity: 2 },
  ])
  expect(pieces(filled)).toBe(4)
})

it('takes a line out when its quantity becomes none', () => {
  expect(setQuantity(add(cart, 'A'), 'A', 0).lines).toEqual([])
  expect(setQuantity(add(cart, 'A'), 'A', -3).lines).toEqual([])
})

it('never holds more than the API takes', () => {
  expect(pieces(add(cart, 'A', mostPieces + 1))).toBe(mostPieces)
  const full = Array.from({ length: mostLines }, (_, n) => `SKU-${n}`).reduce((filled, sku) => add(filled, sku), cart)
  expect(add(full, 'ONE-MORE').lines).toHaveLength(mostLines)
})

it('keeps its idempotency key over every change and a reload', () => {
  const changed = add(setQuantity(add(cart, 'A'), 'A', 5), 'B')
  expect(changed.key).toBe('key-1')
  expect(readCart(JSON.stringify(changed), 'another')).toEqual(changed)
})

it('makes nothing of what it can’t read', () => {
  for (const stored of [null, '', '{', '[]', '{"lines":3}', '{"lines":[{"sku":1}]}']) {
    expect(readCart(stored, 'new').lines).toEqual([])
  }
})

it('keeps over every change and a reload which line may wait for stock, and forgets it when told to', () => {
  const waiting = setBackorder(add(add(cart, 'A'), 'B'), 'A', true)
  const changed = setQuantity(waiting, 'A', 7)
  expect(changed.lines).toEqual([
    { sku: 'A', quantity: 7, allowBackorder: true },
    { sku: 'B', quantity: 1 },
  ])
  expect(readCart(JSON.stringify(changed), 'another')).toEqual(changed)
  expect(setBackorder(changed, 'A', false).lines[0]).toEqual({ sku: 'A', quantity: 7 })
})
