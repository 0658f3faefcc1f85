import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { pidFileOf } from '../../stack/data-folder.ts'
import { type Child, startChild } from '../../stack/running/child.ts'
import { notePid } from '../../stack/running/pid-file.ts'
import { findTargets } from './targets.ts'

const dir = mkdtempSync(join(tmpdir(), 'holdfast-targets-'))
const children: Child[] = []
afterEach(async () => {
  for (const child of children.splice(0)) {
    child.signal('SIGKILL')
    await child.exited
  }
  rmSync(dir, { recursive: true, force: true })
})

function start(): Child {
  const args = ['-e', 'setInterval(() => undefined, 1000)']
  const child = startChild({ command: process.execPath, args, env: {}, output: { onLine: () => undefined } })
  notePid(pidFileOf(dir, 'payment'), child)
  children.push(child)
  return child
}

it('strikes who is noted, and sees that it was started again', async () => {
  const targets = findTargets(dir, ['payment'], [])
  const payment = { role: 'payment' } as const
  expect(targets.has(payment)).toBe(false)
  const first = start()
  expect(targets.has(payment)).toBe(true)
  const target = targets.process('payment')
  target.kill('SIGKILL')
  expect(await first.exited).toMatchObject({ signal: 'SIGKILL' })
  expect(target.restarts()).toBe(0)
  start()
  expect(target.restarts()).toBe(1)
})

it('says so where nothing of that name runs here', () => {
  const targets = findTargets(dir, ['payment'], ['kafka'])
  expect(targets.has({ server: 'kafka' })).toBe(false)
  expect(() => targets.server('kafka').kill('SIGSTOP')).toThrow('kafka-server does not run here')
  targets.wakeAll()
})
