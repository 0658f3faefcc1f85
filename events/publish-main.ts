import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { compareContracts, howToVersion } from './compatibility.ts'
import { withTables } from './contract-table.ts'
import { makeGolden } from './golden-events.ts'
import { jsonSchemas } from './json-schemas.ts'
import { goldenDir, indexOf, publishedDir, readGolden, readPublished } from './published.ts'

/** Writes the schemas, one example of each type and the tables of the documentation; refuses what would break a reader. */
function publish(): number {
  for (const folder of [publishedDir, goldenDir]) mkdirSync(folder, { recursive: true })
  const schemas = jsonSchemas()
  const { breaks, additions } = compareContracts(readPublished(), schemas)
  if (breaks.length > 0) {
    process.stderr.write(`${breaks.join('\n')}\n\n${howToVersion}\n`)
    return 1
  }
  const write = (folder: string, file: string, content: unknown) =>
    writeFileSync(join(folder, file), `${JSON.stringify(content, null, 2)}\n`)
  for (const [file, schema] of schemas) write(publishedDir, file, schema)
  for (const [file, golden] of makeGolden()) write(goldenDir, file, golden)
  writeFileSync(join(publishedDir, 'index.ts'), indexOf(readPublished().keys()))
  writeFileSync(join(goldenDir, 'index.ts'), indexOf(readGolden().keys()))
  const page = join(import.meta.dirname, '..', 'docs', 'events.md')
  writeFileSync(page, withTables(readFileSync(page, 'utf8')))
  process.stdout.write(`${[...additions, `${schemas.size} schemas are published`].join('\n')}\n`)
  return 0
}

process.exitCode = publish()
