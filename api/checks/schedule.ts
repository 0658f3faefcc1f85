import type { Kysely } from 'kysely'
import { repeatUntil } from '../../platform/repeating.ts'
import type { IdentityTables } from '../identity/tables.ts'
import { tellFailure } from '../tell-failure.ts'
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
  const message = 'the check could not be run; trying again in a minute'
  await repeatUntil(stopping, {
    everyMs: minute,
    work: async () => {
      await runIfDue(database, everyMs, () => runProgram(schedule))
    },
    onFailure: (error) => {
      if (stopping.aborted) log.warn({ err: error }, message)
      else tellFailure(log, message)(error)
    },
  })
}
