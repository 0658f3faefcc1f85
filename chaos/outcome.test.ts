import { describe, expect, it } from 'vitest'
import type { Order } from '../client/contract.ts'
import { ok, silent } from './kinds.ts'
import { judge } from './outcome.ts'

const now = '2026-01-01T00:00:00.000Z'
const order = (id: string, status: Order['status']): Order =>
  ({ id, status, placedAt: now, updatedAt: now }) as unknown as Order // the rest is not looked at
const placed = (id: string, kind = ok) => ({ kind, ids: [id], askedAt: 0 })
const faultsOf = (...given: Parameters<typeof judge>) => judge(...given).map(({ id, fault }) => [id, fault])

describe('an order', () => {
  it('that ended as its kind may is no finding', () => {
    const orders = [order('a', 'delivered'), order('b', 'rejected')]
    expect(faultsOf([placed('a'), placed('b', silent)], orders)).toEqual([
      ['a', undefined],
      ['b', undefined],
    ])
  })

  it('that ended otherwise is wrong', () => {
    expect(faultsOf([placed('a')], [order('a', 'rejected')])).toEqual([['a', 'wronglyEnded']])
  })

  it('that is not over, or that nobody knows, is lost', () => {
    expect(faultsOf([placed('a'), placed('b')], [order('a', 'confirmed')])).toEqual([
      ['a', 'lost'],
      ['b', 'lost'],
    ])
  })

  it('of which there are two for one key, or that nobody asked for, is doubled', () => {
    const twice = { kind: ok, ids: ['a', 'b'], askedAt: 0 }
    const orders = ['a', 'b', 'c'].map((id) => order(id, 'delivered'))
    expect(faultsOf([twice], orders)).toEqual([
      ['a', 'doubled'],
      ['c', 'doubled'],
    ])
  })
})
