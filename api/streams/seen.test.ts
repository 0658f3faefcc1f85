import { expect, it } from 'vitest'
import { orderId } from '../../domain/ids.ts'
import type { EventType } from '../../domain/saga/event.ts'
import { makeSeen } from './seen.ts'

const event = (id: string, sequence: number, type: EventType = 'order.placed') => ({ orderId: orderId(id), type, sequence }) // prettier-ignore

it('a copy is not new, even behind a later event; what follows is', () => {
  const isNew = makeSeen(10)
  expect([1, 2, 2, 1, 3].map((sequence) => isNew(event('a', sequence)))).toEqual([true, true, false, false, true])
})

it('the events of returns count for themselves', () => {
  const isNew = makeSeen(10)
  expect(isNew(event('a', 5))).toBe(true)
  expect(isNew(event('a', 1, 'return.requested'))).toBe(true)
  expect(isNew(event('a', 1, 'return.requested'))).toBe(false)
})

it('remembers the newest orders only', () => {
  const isNew = makeSeen(2)
  for (const id of ['a', 'b', 'a', 'c']) isNew(event(id, id === 'a' ? 2 : 1))
  expect([isNew(event('a', 2)), isNew(event('c', 1)), isNew(event('b', 1))]).toEqual([false, false, true])
})
