import { setTimeout as pause } from 'node:timers/promises'
import type { Kysely } from 'kysely'
import type { IdentityTables } from '../identity/tables.ts'
import { isOutage } from '../outage.ts'
import { type Running, runProgram } from './run-program.ts'
import { runIfDue } from './runs.ts'

type Schedule = Running & {
  /** 0: never. */
  readonly everyMs: number
}

const minute = 60_000

/** Looks every minute whether a check is due, until the process ends. It runs as a process of its own: requests don't wait. */
export async function keepChecking(database: Kysely<IdentityTables>, schedule: Schedule): Promise<void> {
  const { everyMs, log, stopping } = schedule
  if (everyMs === 0) return
  while (!stopping.aborted) {
    try {
      await runIfDue(database, everyMs, () => runProgram(schedule))
    } catch (error) {
      const tell = isOutage(error) || stopping.aborted ? log.warn.bind(log) : log.error.bind(log)
      tell({ err: error }, 'the check could not be run; trying again in a minute')
    }
    await pause(minute, undefined, { signal: stopping }).catch((error: unknown) => {
      if (!stopping.aborted) throw error
    })
  }
}
