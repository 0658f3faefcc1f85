import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { licencesDocument, licencesFile, packagesOf, readPackages, unwelcome } from './licences.ts'

it('docs/licences.md says what package-lock.json says (npm run licences)', () => {
  expect(readFileSync(licencesFile, 'utf8')).toBe(licencesDocument(readPackages()))
})

it('nothing is used under a licence that nobody agreed to', () => {
  expect(unwelcome(readPackages())).toEqual([])
  const bad = packagesOf({
    packages: {
      '': { version: '1' },
      'node_modules/a': { version: '1', license: 'GPL-3.0' },
      'node_modules/b': { version: '1', license: 'MPL-2.0', dev: true },
      'node_modules/a/node_modules/c': { version: '1' },
    },
  })
  expect(unwelcome(bad).map(({ name, licence }) => `${name} ${licence}`)).toEqual(['a GPL-3.0', 'c unknown'])
})
