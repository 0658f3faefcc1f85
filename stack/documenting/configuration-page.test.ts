import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import { describe, expect, it } from 'vitest'
import { readConfig } from '../../platform/config.ts'
import { environment, settingNames } from '../../platform/settings/sections.ts'
import { projectDir } from '../surroundings.ts'
import { configurationPage, documentedSections, environmentExample, readByText } from './configuration-page.ts'
import { findReaders } from './readers.ts'

const settings = documentedSections().flatMap((section) => section.settings)
const fileOf = (...path: string[]) => readFileSync(join(projectDir, ...path), 'utf8')

describe('the configuration', () => {
  it('is documented as the schema and the code have it: else npm run docs:configuration', async () => {
    expect(fileOf('docs', 'configuration.md')).toBe(configurationPage(await findReaders()))
    expect(fileOf('.env.example')).toBe(environmentExample())
  })

  it('says of every variable what it means, in one section', () => {
    expect(settings.map(({ name }) => name).toSorted()).toEqual([...settingNames].toSorted())
    expect(settings.filter(({ description }) => description === '').map(({ name }) => name)).toEqual([])
  })

  it.each([
    [['temporal', 'stock', 'payment', 'shipping', 'projection', 'notification', 'webhook', 'api', 'migrate'], 'all'],
    [
      ['temporal', 'stock', 'payment', 'shipping', 'projection', 'notification', 'webhook', 'verify'],
      'workers, verify',
    ],
    [['payment', 'api'], 'payment, api'],
    [['migrate'], 'migrate'],
    [[], ''],
  ])('says of what %j read: %s', (names, text) => {
    expect(readByText(names)).toBe(text)
  })

  it('has no variable whose form can’t be seen', () => {
    expect(settings.filter((each) => each.example === '' && !each.byFile).map(({ name }) => name)).toEqual([])
  })

  it('knows everything that is a secret by its name', () => {
    const secrets = settingNames.filter((name) => /SECRET|PASSWORD|API_KEY|_KEYS$|TLS_KEY$/.test(name))
    for (const name of secrets) expect(settings.find((each) => each.name === name)?.isSecret, name).toBe(true)
  })

  it('has defaults that it takes itself, written as variables', () => {
    const written = Object.fromEntries(settings.map(({ name, fallback }) => [name, fallback]))
    const { stepDeadlines: _ofOrders, ...read } = readConfig(written)
    expect(readConfig({})).toMatchObject(read)
  })

  it('has an example file that Node reads, every variable in it', () => {
    const uncommented = environmentExample().replaceAll(/^# ([A-Z_]+=)/gm, '$1')
    expect(Object.keys(parseEnv(uncommented)).toSorted()).toEqual(Object.keys(environment.shape).toSorted())
  })
})
