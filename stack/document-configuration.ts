import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { configurationPage, environmentExample } from './documenting/configuration-page.ts'
import { projectDir } from './surroundings.ts'

/** `npm run docs:configuration`: writes what is made from the schema of the configuration. */
writeFileSync(join(projectDir, 'docs', 'configuration.md'), configurationPage())
writeFileSync(join(projectDir, '.env.example'), environmentExample())
