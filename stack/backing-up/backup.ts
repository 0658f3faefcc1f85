import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { readPlaces, setPlaces } from '../../events/group-places.ts'
import { type Config } from '../../platform/config.ts'
import { databaseName, serviceDatabases } from '../../platform/database.ts'
import { type Log } from '../../platform/log.ts'
import type { Report } from '../surroundings.ts'
import { dump, findLoader } from './database-client.ts'

const noteSchema = z.object({
  at: z.iso.datetime(),
  databases: z.array(z.string()),
  places: z.record(z.string(), z.array(z.object({ topic: z.string(), partition: z.number(), offset: z.string() }))),
})

const dumpOf = (folder: string): string => join(folder, 'databases.sql')
const noteOf = (folder: string): string => join(folder, 'backup.json')

type Needs = { readonly config: Config; readonly log: Log; readonly report: Report }

/**
 * Copies all services' databases as they are at one moment, and notes how far each consumer group had read before it, so
 * that a restored copy is told all that came since. The system goes on meanwhile.
 * @throws where the folder has something in it already.
 */
export async function backUp({ config, log, report }: Needs, folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (readdirSync(folder).length > 0) throw new Error(`${folder} is not empty: give a folder that is, or a new one`)
  const at = new Date().toISOString()
  const places = await readPlaces(config, log)
  const databases = serviceDatabases.map((name) => databaseName(config, name))
  await dump(config.DATABASE_URL, databases, dumpOf(folder), report)
  // last: a folder without it is no backup
  writeFileSync(noteOf(folder), `${JSON.stringify({ at, databases, places }, undefined, 2)}\n`, { mode: 0o600 })
  report(
    `${databases.length} databases and the places of ${Object.keys(places).length} consumer groups are in ${folder}`,
  )
}

/**
 * Puts a backup in the place of the databases, and the consumer groups back to where they were. None of our processes may
 * run meanwhile. @throws where the folder is no backup, or one of other databases.
 */
export async function restore({ config, log, report }: Needs, folder: string): Promise<void> {
  if (!existsSync(noteOf(folder))) throw new Error(`${folder} is no backup, or one that was not finished`)
  const { at, databases, places } = noteSchema.parse(JSON.parse(readFileSync(noteOf(folder), 'utf8')))
  const ours = serviceDatabases.map((name) => databaseName(config, name))
  if (databases.some((name) => !ours.some((one) => one === name)))
    throw new Error(`The backup is of ${databases.join(', ')}, not of ${ours.join(', ')}: see DATABASE_PREFIX`)
  const load = await findLoader(report)
  // first: it fails while a process of ours reads, and then nothing has changed
  await setPlaces(config, log, places)
  await load(config.DATABASE_URL, dumpOf(folder))
  report(`the databases are as they were at ${at}; what Kafka has since then is told once more at the next start`)
}
