import { expect, it, vi } from 'vitest'
import type { Child, Exit } from './child.ts'
import { supervise } from './supervise.ts'

const killed: Exit = { code: null, signal: 'SIGKILL' }

it('starts a process again that died, and not one that was stopped', async () => {
  const children = fakeChildren()
  const supervision = supervise({ spawn: children.spawn, restart: true, graceMs: 10, onExit: () => {} })
  await supervision.start()
  children.end(1)
  await vi.waitFor(() => expect(supervision.pid()).toBe(2))
  expect(supervision.restarts()).toBe(1)
  await supervision.stop()
  expect(supervision.pid()).toBeUndefined()
})

it('leaves a dead process dead unless it is told to restart it', async () => {
  const children = fakeChildren()
  const exits: (number | undefined)[] = []
  const supervision = supervise({
    spawn: children.spawn,
    restart: false,
    graceMs: 10,
    onExit: (_, next) => exits.push(next),
  })
  await supervision.start()
  children.end(1)
  await vi.waitFor(() => expect(exits).toEqual([undefined]))
  expect(supervision.pid()).toBeUndefined()
})

it('starts a new process after a kill, not the one that is about to die', async () => {
  const children = fakeChildren()
  const supervision = supervise({ spawn: children.spawn, restart: false, graceMs: 10, onExit: () => {} })
  await supervision.start()
  supervision.kill('SIGKILL')
  expect((await supervision.start()).pid).toBe(2)
})

/** Processes numbered from 1 that end at once when they are asked to. */
function fakeChildren() {
  const ends: (() => void)[] = []
  const spawn = (): Child => {
    let resolve: (exit: Exit) => void = () => {}
    const exited = new Promise<Exit>((end) => (resolve = end))
    const pid = ends.push(() => resolve(killed))
    return { pid, exited, signal: () => resolve(killed) }
  }
  return { spawn, end: (pid: number) => ends[pid - 1]?.() }
}
