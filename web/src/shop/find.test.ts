import { expect, it } from 'vitest'
import { availabilityOf, findProducts } from './find.ts'

const product = (sku: string, name: string, available = 100) => ({
  sku,
  name,
  description: 'Café, 330 ml.',
  price: { amountMinor: 100, currency: 'EUR' },
  available,
})
const mug = product('MUG-CLASSIC', 'Classic mug')
const pen = product('PEN-GEL', 'Gel pen', 0)

it('finds a product by all of the words, wherever they are', () => {
  expect(findProducts([mug, pen], 'mug classic', false)).toEqual([mug])
  expect(findProducts([mug, pen], 'CAFE gel', false)).toEqual([pen])
  expect(findProducts([mug, pen], 'mug pen', false)).toEqual([])
  expect(findProducts([mug, pen], ' ', false)).toEqual([mug, pen])
})

it('leaves out what is sold out when asked to', () => {
  expect(findProducts([mug, pen], '', true)).toEqual([mug])
})

it('tells few from plenty', () => {
  expect([pen, product('A', 'A', 3), mug].map(availabilityOf)).toEqual(['soldOut', 'few', 'plenty'])
})
