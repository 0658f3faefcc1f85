import { describe, expect, it } from 'vitest'
import { customerId, orderId, uuidPattern } from '../../domain/ids.ts'
import { addressIdFor, fingerprintOf, orderIdFor, uuidV5 } from './ids.ts'

const kim = customerId('11111111-1111-4111-8111-111111111111')
const lee = customerId('22222222-2222-4222-8222-222222222222')

it('makes UUIDs of version 5 as the RFC does', () => {
  expect(uuidV5('6ba7b810-9dad-11d1-80b4-00c04fd430c8', 'www.example.com')).toBe('2ed6657d-e927-568b-95e1-2665a8aea6a2')
})

describe('the id of an order', () => {
  it('follows from customer and key', () => {
    expect(orderIdFor(kim, 'k')).toBe(orderIdFor(kim, 'k'))
    expect(orderIdFor(kim, 'k')).not.toBe(orderIdFor(kim, 'l'))
    expect(orderIdFor(kim, 'k')).not.toBe(orderIdFor(lee, 'k'))
  })

  it('stays what it was in the version before: else a repetition would be a second order', () => {
    expect(orderIdFor(kim, 'k')).toBe('afc74fda-2a07-5145-b92c-29c0459caf72')
  })

  it('is new each time without a key', () => {
    expect(orderIdFor(kim, undefined)).toMatch(uuidPattern)
    expect(orderIdFor(kim, undefined)).not.toBe(orderIdFor(kim, undefined))
  })
})

describe('the fingerprint of a body', () => {
  it('does not depend on the order of its members', () => {
    expect(fingerprintOf({ a: 1, b: { c: [1, 2], d: undefined } })).toBe(fingerprintOf({ b: { c: [1, 2] }, a: 1 }))
  })

  it('differs where the bodies do', () => {
    const different = [{ a: 1 }, { a: '1' }, { a: [1] }, { a: null }, { b: 1 }, { a: 1, b: 1 }, {}, [], null]
    expect(new Set(different.map(fingerprintOf)).size).toBe(different.length)
    expect(fingerprintOf([1, 2])).not.toBe(fingerprintOf([2, 1]))
  })

  it('fits its column', () => expect(fingerprintOf({})).toHaveLength(43))
})

it('gives two bodies under one key two addresses', () => {
  const order = orderId('33333333-3333-4333-8333-333333333333')
  expect(addressIdFor(order, 'a')).toBe(addressIdFor(order, 'a'))
  expect(addressIdFor(order, 'a')).not.toBe(addressIdFor(order, 'b'))
})
