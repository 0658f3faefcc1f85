import { linkSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Report } from '../surroundings.ts'
import { identityOf, identityText, isAlive, readIdentity } from './identity.ts'

export type Lock = { readonly taken: true; readonly release: () => void }
export type Held = { readonly taken: false; readonly by: number }

/** Takes the lock for this process, or tells who has it. A holder that died loses it, however it died. */
export function takeLock(file: string): Lock | Held {
  mkdirSync(dirname(file), { recursive: true })
  const mine = `${file}.${process.pid}`
  const me = identityOf(process.pid)
  if (me === undefined) throw new Error('Cannot tell when this process started')
  for (;;) {
    writeFileSync(mine, identityText(me))
    const won = tryLink(mine, file)
    rmSync(mine, { force: true })
    if (won) return { taken: true, release: () => rmSync(file, { force: true }) }
    const holder = readIdentity(file)
    if (holder !== undefined && isAlive(holder)) return { taken: false, by: holder.pid }
    dropStale(file)
  }
}

/** Who holds the lock now, if anyone alive does. */
export function lockHolder(file: string): number | undefined {
  const holder = readIdentity(file)
  return holder !== undefined && isAlive(holder) ? holder.pid : undefined
}

/** Waits for the lock, does the work, gives the lock back. */
export async function withLock<T>(file: string, report: Report, work: () => Promise<T>): Promise<T> {
  let told = false
  for (;;) {
    const lock = takeLock(file)
    if (lock.taken) {
      try {
        return await work()
      } finally {
        lock.release()
      }
    }
    if (!told) report(`waiting for process ${lock.by}, which is at the same work`)
    told = true
    await sleep(250)
  }
}

/** A link is made as a whole or not at all, so nobody reads a lock without its holder's name. */
function tryLink(from: string, to: string): boolean {
  try {
    linkSync(from, to)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}

/** Moves the stale lock aside first: if another process was quicker and took it anew, that one is put back. */
function dropStale(file: string): void {
  const aside = `${file}.stale.${process.pid}`
  try {
    renameSync(file, aside)
  } catch {
    // somebody else dropped it: the next try finds out who has it now
    return
  }
  const holder = readIdentity(aside)
  if (holder !== undefined && isAlive(holder)) tryLink(aside, file)
  rmSync(aside, { force: true })
}
