import { randomUUID } from 'node:crypto'
import { type Kysely, sql, type Transaction } from 'kysely'
import { type Inbox, type Mark, markKey } from './inbox.ts'

type Tables = {
  event_inbox: { group_name: string; subject: string; sequence: number; hash: string; claim: string }
}

const ascii = (length: number) => `VARCHAR(${length}) CHARACTER SET ascii COLLATE ascii_bin NOT NULL`

/**
 * In a table `event_inbox` of the team's own database, MySQL 8 or MariaDB 10.6 and later, beside the tables that the
 * handler writes; made when it is missing. Several groups may share it.
 */
export function mysqlInbox<Own>(database: Kysely<Own>): Inbox<Transaction<Own>> {
  return {
    async prepare() {
      await sql
        .raw(
          `CREATE TABLE IF NOT EXISTS event_inbox (
            group_name ${ascii(64)},
            subject ${ascii(48)},
            sequence INT NOT NULL,
            hash ${ascii(43)},
            claim ${ascii(36)},
            received_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
            PRIMARY KEY (group_name, subject, sequence)
          )`,
        )
        .execute(database)
    },
    transact: (work) => database.transaction().setIsolationLevel('read committed').execute(work),
    async claim(own, group, marks) {
      const tx = own as unknown as Transaction<Tables> // the table is there, whatever the others are
      const claim = randomUUID()
      const rows = [...new Map(marks.map((mark) => [markKey(mark), mark])).values()]
      if (rows.length === 0) return { fresh: new Set(), known: new Map() }
      await tx
        .insertInto('event_inbox')
        .ignore()
        .values(rows.map((mark) => ({ group_name: group, ...mark, claim })))
        .execute()
      const there = await tx
        .selectFrom('event_inbox')
        .select(['subject', 'sequence', 'hash', 'claim'])
        .where('group_name', '=', group)
        .where((eb) => eb.or(rows.flatMap(withPredecessor).map((one) => eb.and(one))))
        .execute()
      return {
        fresh: new Set(there.filter((row) => row.claim === claim).map(markKey)),
        known: new Map(there.map((row) => [markKey(row), row.hash])),
      }
    },
  }
}

const withPredecessor = ({ subject, sequence }: Mark) => [
  { subject, sequence },
  ...(sequence > 1 ? [{ subject, sequence: sequence - 1 }] : []),
]
