import type { Generated } from 'kysely'

/** What `npm run verify` said when it was run by itself; the last hundred. */
export type CheckRunTable = {
  id: Generated<number>
  began_at: Date
  ended_at: Date
  /** `failed`: a part could not be asked, so nobody knows. */
  outcome: 'clean' | 'findings' | 'failed'
  /** JSON: a row for each invariant; of a failed one, what it said. */
  result: string
}

export const checksMigration = [
  `CREATE TABLE check_run (
    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    began_at DATETIME(3) NOT NULL,
    ended_at DATETIME(3) NOT NULL,
    outcome VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    result LONGTEXT NOT NULL
  )`,
]
