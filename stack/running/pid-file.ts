import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Report } from '../surroundings.ts'
import { signalGroup, type Child } from './child.ts'
import { identityOf, identityText, isAlive, isSame, readIdentity } from './identity.ts'

/** Notes a process as long as it lives, so that it can be ended should we be killed and leave it behind. */
export function notePid(file: string, child: Child): void {
  const identity = child.pid === undefined ? undefined : identityOf(child.pid)
  if (identity === undefined) return
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, identityText(identity))
  void child.exited.then(() => {
    if (isSame(readIdentity(file), identity)) rmSync(file, { force: true })
  })
}

/** Ends the noted process if it is still alive. The number alone is not believed: it may be another's by now. */
export async function stopLeftover(file: string, report: Report, graceMs = 10_000): Promise<void> {
  const left = readIdentity(file)
  if (left !== undefined && isAlive(left)) {
    report(`stopping ${basename(file, '.pid')} (process ${left.pid}), left over from a run that was killed`)
    signalGroup(left.pid, 'SIGTERM')
    signalGroup(left.pid, 'SIGCONT')
    const deadline = Date.now() + graceMs
    while (isAlive(left) && Date.now() < deadline) await sleep(50)
    if (isAlive(left)) signalGroup(left.pid, 'SIGKILL')
    while (isAlive(left)) await sleep(20)
  }
  rmSync(file, { force: true })
}

/** Ends the noted process at once. */
export function killNoted(file: string): void {
  const noted = readIdentity(file)
  if (noted !== undefined && isAlive(noted)) signalGroup(noted.pid, 'SIGKILL')
}
