import type { Kysely } from 'kysely'
import type { IdentityTables } from '../identity/tables.ts'
import { type Running, runProgram } from './run-program.ts'
import { runIfDue } from './runs.ts'

export type ByHand = {
  /** Starts a check unless one is under way, here or in another process. @returns whether it did. */
  readonly start: () => Promise<boolean>
  /** Once the one that was started here is over. */
  readonly over: () => Promise<void>
}

type Check = Parameters<typeof runIfDue>[2]

/** Checks that somebody asks for: whoever asks is answered when it has begun, not when it is over. */
export function makeByHand(
  database: Kysely<IdentityTables>,
  running: Running,
  check: Check = () => runProgram(running),
): ByHand {
  const { log, stopping } = running
  let current: Promise<unknown> | undefined
  return {
    start: () =>
      new Promise((resolve, reject) => {
        if (current !== undefined || stopping.aborted) return resolve(false)
        let hasBegun = false
        const run = runIfDue(database, 0, () => {
          hasBegun = true
          resolve(true)
          return check()
        })
        current = run
          .then(resolve, (error: unknown) => {
            if (!hasBegun) reject(error)
            else log.warn({ err: error }, 'the check that was asked for could not be run to its end')
          })
          .finally(() => {
            current = undefined
          })
      }),
    over: async () => void (await current),
  }
}
