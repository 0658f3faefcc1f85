import { randomBytes } from 'node:crypto'
import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { readConfig } from './config.ts'

const key = () => randomBytes(32).toString('base64')
const read = (PAYLOAD_KEYS: string) => readConfig({ PAYLOAD_KEYS }).PAYLOAD_KEYS

function refused(PAYLOAD_KEYS: string): string {
  try {
    read(PAYLOAD_KEYS)
  } catch (error) {
    return String(error)
  }
  throw new Error('It was not refused')
}

describe('PAYLOAD_KEYS', () => {
  it('is empty where nothing is to be encrypted', () => {
    expect(readConfig({}).PAYLOAD_KEYS).toEqual([])
    expect(read('')).toEqual([])
  })

  it('keeps the order of its keys: the first one encrypts', () => {
    expect(read(`new:${key()}, old:${key()}`).map(({ id }) => id)).toEqual(['new', 'old'])
  })

  it('names every wrong key by its position, and shows none', () => {
    const good = key()
    const short = randomBytes(31).toString('base64')
    const lonely = key()
    const told = refused(`a:${good},b:${short},${lonely},a:${key()},,c:${key()}:x`)
    expect(told.split('\n').slice(1)).toEqual([
      '  PAYLOAD_KEYS: key 2 has to be 32 bytes in base64',
      '  PAYLOAD_KEYS: key 3 has to be like id:base64key',
      '  PAYLOAD_KEYS: key 4 has the id of key 1',
      '  PAYLOAD_KEYS: key 5 has to be like id:base64key',
      '  PAYLOAD_KEYS: key 6 has to be like id:base64key',
    ])
    for (const secret of [good, short, lonely]) expect(told).not.toContain(secret)
  })

  it('shows no key to whoever prints the configuration', () => {
    const bytes = randomBytes(32)
    const config = readConfig({ PAYLOAD_KEYS: `a:${bytes.toString('base64')}` })
    const printed = `${JSON.stringify(config)}${inspect(config, { depth: 9, showHidden: true })}`
    expect(printed).not.toContain(bytes.toString('base64'))
    expect(printed).not.toContain(bytes.toString('hex').slice(0, 16))
  })
})
