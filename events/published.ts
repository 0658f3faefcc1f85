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

/** A module that imports every file of a folder: what is built for production brings them along. */
export function indexOf(files: Iterable<string>): string {
  const named = [...files].map((file, at) => [file, `file${at}`] as const)
  const imports = named.map(([file, name]) => `import ${name} from './${file}' with { type: 'json' }`)
  const entries = named.map(([file, name]) => `  '${file}': ${name},`)
  return [
    '// Made by npm run events:publish.',
    ...imports,
    '',
    'export const files: Readonly<Record<string, unknown>> = {',
    ...entries,
    '}',
    '',
  ].join('\n')
}

/** For scripts and tests, which read what lies there now: the schemas that readers were given, every version of them, by file name. */
export const readPublished = () => readFolder(publishedDir) as ReadonlyMap<string, JsonSchema>

/** For scripts and tests, as `readPublished`: one valid event of each type and version, by the file name of its schema. */
export const readGolden = () => readFolder(goldenDir) as ReadonlyMap<string, Golden>
