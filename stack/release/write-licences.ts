import { writeFileSync } from 'node:fs'
import { licencesDocument, licencesFile, readPackages } from './licences.ts'

/** `npm run licences`: writes docs/licences.md. */
writeFileSync(licencesFile, licencesDocument(readPackages()))
