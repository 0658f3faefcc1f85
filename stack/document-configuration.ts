import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { configurationPage, environmentExample } from './documenting/configuration-page.ts'
import { findReaders } from './documenting/readers.ts'
import { projectDir } from './surroundings.ts'

/** `npm run docs:configuration`: writes what is made from the schema of the configuration. */
writeFileSync(join(projectDir, 'docs', 'configuration.md'), configurationPage(await findReaders()))
writeFileSync(join(projectDir, '.env.example'), environmentExample())
