import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { identityOf, identityText } from './identity.ts'
import { lockHolder, takeLock, withLock } from './lock.ts'

let folder = ''
const file = () => join(folder, 'lock')

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'holdfast-lock-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

it('is held by one at a time, and tells by whom', () => {
  const first = takeLock(file())
  expect(first.taken).toBe(true)
  expect(takeLock(file())).toEqual({ taken: false, by: process.pid })
  if (first.taken) first.release()
  expect(existsSync(file())).toBe(false)
  expect(takeLock(file()).taken).toBe(true)
})

it('is lost by a holder that died', () => {
  writeFileSync(file(), '999999999\nlong ago\n')
  expect(lockHolder(file())).toBeUndefined()
  expect(takeLock(file()).taken).toBe(true)
})

it('is not believed to be held by a process that was given the number of the dead holder', () => {
  writeFileSync(file(), identityText({ pid: process.pid, started: 'before the last boot' }))
  expect(takeLock(file()).taken).toBe(true)
})

it('is given back after the work, even if that fails', async () => {
  const failing = withLock(
    file(),
    () => {},
    () => Promise.reject(new Error('no')),
  )
  await expect(failing).rejects.toThrow('no')
  expect(lockHolder(file())).toBeUndefined()
})

it('knows this process as one and the same', () => {
  expect(identityOf(process.pid)).toEqual(identityOf(process.pid))
  expect(identityOf(999_999_999)).toBeUndefined()
})
