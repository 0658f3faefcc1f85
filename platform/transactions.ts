import { setTimeout as pause } from 'node:timers/promises'
import type { Kysely, Transaction } from 'kysely'

const givenUpCodes: ReadonlySet<unknown> = new Set(['ER_LOCK_DEADLOCK', 'ER_CHECKREAD'])

/** Whether the database gave a transaction up for another one's sake: nothing of it was kept. */
export const isGivenUp = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && givenUpCodes.has(error.code)

/** Does it again where the database gave it up for another one's sake. */
export async function repeated<Result>(work: () => Promise<Result>, tries = 10): Promise<Result> {
  for (let left = tries; ; left -= 1) {
    try {
      return await work()
    } catch (error) {
      if (left <= 1 || !isGivenUp(error)) throw error
      // apart from each other, lest they meet again
      await pause(Math.random() * 20 * (tries - left + 1))
    }
  }
}

/** Done again where it was given up. @param work may run several times, what it does beside the transaction too. */
export const inTransaction = <Tables, Result>(
  database: Kysely<Tables>,
  work: (tx: Transaction<Tables>) => Promise<Result>,
): Promise<Result> => repeated(() => database.transaction().execute(work))
