import { expect, it } from 'vitest'
import { identityOf, isAlive, isSame } from './identity.ts'

it('tells apart two processes that began within one tick, and two that had one number', () => {
  const one = { pid: 4711, started: 'boot:100' }
  expect(isSame(one, { ...one })).toBe(true)
  expect(isSame(one, { ...one, pid: 4712 })).toBe(false)
  expect(isSame(one, { ...one, started: 'boot:101' })).toBe(false)
  expect(isSame(one, undefined)).toBe(false)
})

it('knows whether a process lives', () => {
  const me = identityOf(process.pid)
  expect(me !== undefined && isAlive(me)).toBe(true)
  expect(isAlive({ pid: process.pid, started: 'boot:1' })).toBe(false)
})
