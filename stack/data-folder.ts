import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { lockHolder, takeLock } from './running/lock.ts'
import { killNoted, stopLeftover } from './running/pid-file.ts'
import { startWatchdog } from './running/watchdog.ts'
import type { Report } from './surroundings.ts'

export const logDirOf = (dataDir: string): string => join(dataDir, 'logs')
export const pidFileOf = (dataDir: string, name: string): string => join(runDirOf(dataDir), `${name}.pid`)
const runDirOf = (dataDir: string): string => join(dataDir, 'run')
const lockFileOf = (dataDir: string): string => join(runDirOf(dataDir), 'lock')
const markerOf = (dataDir: string): string => join(dataDir, '.holdfast-data')

/** Somebody else is at work in this data folder. */
export class AlreadyRunning extends Error {
  readonly pid: number
  constructor(dataDir: string, pid: number) {
    super(
      `Already running on ${dataDir} (process ${pid}). Stop that one first, or give another folder: HOLDFAST_DATA=...`,
    )
    this.name = 'AlreadyRunning'
    this.pid = pid
  }
}

/**
 * Takes the data folder for this process and ends what a killed run has left behind in it.
 * @returns the release. @throws AlreadyRunning.
 */
export async function takeDataFolder(dataDir: string, report: Report): Promise<() => void> {
  mkdirSync(logDirOf(dataDir), { recursive: true })
  writeFileSync(markerOf(dataDir), 'Data of holdfast. "npm run reset" deletes this folder.\n')
  const lock = takeLock(lockFileOf(dataDir))
  if (!lock.taken) throw new AlreadyRunning(dataDir, lock.by)
  await stopLeftovers(dataDir, report)
  const endWatch = startWatchdog(runDirOf(dataDir))
  return () => {
    endWatch()
    lock.release()
  }
}

/** Whether a run that is alive has the folder. */
export const isTaken = (dataDir: string): boolean => lockHolder(lockFileOf(dataDir)) !== undefined

/**
 * Deletes the data folder with everything in it.
 * @throws AlreadyRunning, and when the folder is not one of ours: the name may have been mistyped.
 */
export async function wipeDataFolder(dataDir: string, report: Report): Promise<void> {
  if (!existsSync(dataDir)) return
  if (!existsSync(markerOf(dataDir)))
    throw new Error(`${dataDir} is not a data folder of holdfast; nothing was deleted`)
  const holder = lockHolder(lockFileOf(dataDir))
  if (holder !== undefined) throw new AlreadyRunning(dataDir, holder)
  await stopLeftovers(dataDir, report)
  rmSync(dataDir, { recursive: true, force: true })
}

/** Ends at once all that runs on this data folder: the last resort of somebody who does not want to wait. */
export function killAllNoted(dataDir: string): void {
  for (const file of notedIn(dataDir)) killNoted(file)
}

async function stopLeftovers(dataDir: string, report: Report): Promise<void> {
  await Promise.all(notedIn(dataDir).map((file) => stopLeftover(file, report)))
}

function notedIn(dataDir: string): readonly string[] {
  const files = existsSync(runDirOf(dataDir)) ? readdirSync(runDirOf(dataDir)) : []
  return files.filter((file) => file.endsWith('.pid')).map((file) => join(runDirOf(dataDir), file))
}
