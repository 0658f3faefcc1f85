import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { compareContracts, howToVersion } from './compatibility.ts'
import { contractTables, withTables } from './contract-table.ts'
import { makeGolden } from './golden-events.ts'
import { jsonSchemas } from './json-schemas.ts'
import { files as goldenFiles } from './golden/index.ts'
import { readGolden, readPublished } from './published.ts'
import { files as publishedFiles } from './published/index.ts'

const publish = 'run npm run events:publish and commit what it writes'

describe('the published schemas', () => {
  it('understand every event of now: nothing was changed that breaks a reader', () => {
    const { breaks } = compareContracts(readPublished(), jsonSchemas())
    expect(breaks, `${breaks.join('\n')}\n\n${howToVersion}`).toEqual([])
  })

  it('are those of now', () => {
    const published = readPublished()
    for (const [file, schema] of jsonSchemas()) expect(published.get(file), `${file}: ${publish}`).toEqual(schema)
  })
})

it('the golden events are what the engine makes today', () => {
  const golden = readGolden()
  for (const [file, made] of makeGolden()) expect(golden.get(file), `${file}: ${publish}`).toEqual(made)
})

it('what is built for production brings every file along', () => {
  expect(publishedFiles, publish).toEqual(Object.fromEntries(readPublished()))
  expect(goldenFiles, publish).toEqual(Object.fromEntries(readGolden()))
})

describe('docs/events.md', () => {
  const page = readFileSync('docs/events.md', 'utf8')

  it('has the tables of the contract', () => {
    expect(withTables(page), publish).toBe(page)
    expect(page).toContain(contractTables())
  })

  it('is refused where it has no place for them', () => {
    expect(() => withTables('# Events')).toThrow('has no')
  })
})
