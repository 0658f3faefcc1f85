import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { connectKafka, withAdmin } from '../../events/kafka.ts'
import type { Config } from '../../platform/config.ts'
import { databaseName, openServer, serviceDatabases } from '../../platform/database.ts'
import { makeLog } from '../../platform/log.ts'

/** Rows of every table of ours, counted, by `database.table`. */
export async function countRows(config: Config): Promise<ReadonlyMap<string, number>> {
  const server = openServer(config)
  try {
    const found = await sql<{ db: string; tbl: string }>`
      SELECT table_schema AS db, table_name AS tbl FROM information_schema.tables
      WHERE table_schema IN (${sql.join(serviceDatabases.map((name) => databaseName(config, name)))})
        AND table_name NOT LIKE 'kysely%' ORDER BY table_schema, table_name`.execute(server)
    const rows = new Map<string, number>()
    for (const { db, tbl } of found.rows) {
      const counted = await sql<{ n: number }>`SELECT COUNT(*) AS n FROM ${sql.id(db, tbl)}`.execute(server)
      rows.set(`${db.slice(config.DATABASE_PREFIX.length)}.${tbl}`, Number(counted.rows[0]?.n))
    }
    return rows
  } finally {
    await server.destroy()
  }
}

/** Messages that each topic holds. */
export const countMessages = (config: Config): Promise<ReadonlyMap<string, number>> =>
  withAdmin(connectKafka(config, makeLog({ LOG_LEVEL: 'error' }, 'soak'), 'soak'), async (admin) => {
    const topics = (await admin.listTopics()).toSorted()
    const held = async (topic: string) => {
      const offsets = await admin.fetchTopicOffsets(topic)
      return [topic, offsets.reduce((sum, { high, low }) => sum + Number(high) - Number(low), 0)] as const
    }
    return new Map(await Promise.all(topics.filter((topic) => !topic.startsWith('__')).map(held)))
  })

/** What a folder takes on the disk, in MB; files with holes count as what they fill. */
export async function diskMb(folder: string): Promise<number> {
  const files = await readdir(folder, { recursive: true, withFileTypes: true })
  const sizes = files
    .filter((file) => file.isFile())
    // one that is deleted meanwhile takes nothing
    .map((file) => stat(join(file.parentPath, file.name)).then(({ blocks }) => blocks * 512, () => 0)) // prettier-ignore
  return (await Promise.all(sizes)).reduce((sum, bytes) => sum + bytes, 0) / 2 ** 20
}
