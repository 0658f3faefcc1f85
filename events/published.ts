import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Golden } from './golden-events.ts'
import type { JsonSchema } from './json-schemas.ts'

export const publishedDir = join(import.meta.dirname, 'published')
export const goldenDir = join(import.meta.dirname, 'golden')

function readFolder(folder: string): ReadonlyMap<string, unknown> {
  const files = readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .toSorted()
  return new Map(files.map((file) => [file, JSON.parse(readFileSync(join(folder, file), 'utf8')) as unknown]))
}

/** The schemas that readers were given, every version of them, by file name. */
export const readPublished = () => readFolder(publishedDir) as ReadonlyMap<string, JsonSchema>

/** One valid event of each type and version, by the file name of its schema. */
export const readGolden = () => readFolder(goldenDir) as ReadonlyMap<string, Golden>
