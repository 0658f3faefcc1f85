import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { awkwardText, longTexts } from '../tests/support/awkward-text.ts'
import { readConfig } from './config.ts'
import { isKeyId, readPayloadKeys } from './payload-keys.ts'
import { isPublicAddress } from './public-address.ts'
import { readRoleMap } from './role-map.ts'
import { isSafeUrl } from './safe-url.ts'
import { seal, unseal, UnreadableSecret } from './sealed.ts'
import { aboutOf, settingNames } from './settings/sections.ts'
import { isSigned, sign } from './signature.ts'

const told = (given: Readonly<Record<string, string>>): string => {
  try {
    readConfig(given)
    return ''
  } catch (error) {
    return error instanceof Error ? error.message : 'something else was thrown'
  }
}

const parsers: Readonly<Record<string, (text: string) => unknown>> = {
  'a signature': (text) => isSigned('secret', 'body', text),
  'the keys of payloads': readPayloadKeys,
  'a key’s id': isKeyId,
  roles: readRoleMap,
  'a URL': isSafeUrl,
  'an address': isPublicAddress,
}

describe.each(Object.entries(parsers))('%s', (_name, parse) => {
  it('is read or refused, whatever it is', () => {
    fc.assert(fc.property(awkwardText(), (text) => void parse(text)))
  })

  it('is read in no more than so many steps a character', () => {
    for (const text of longTexts()) parse(text)
  })
})

it('every setting is read or refused by its name, whatever is in it', () => {
  fc.assert(
    fc.property(fc.constantFrom(...settingNames), awkwardText(), (name, text) => {
      const said = told({ [name]: text })
      expect(said === '' || said.startsWith('The configuration has errors')).toBe(true)
    }),
    { numRuns: 1_000 },
  )
})

it('no error of the configuration tells a secret', () => {
  const secrets = settingNames.filter((name) => aboutOf(name).secret)
  expect(secrets.length).toBeGreaterThan(5)
  const form = fc.constantFrom(
    '',
    'mysql://',
    'mysql://root:',
    'smtp://me:',
    'key:',
    'id:key,',
    '-----BEGIN ',
    'https://',
  )
  fc.assert(
    fc.property(fc.constantFrom(...secrets), form, awkwardText(), awkwardText(), (name, start, before, after) => {
      const secret = randomUUID()
      expect(told({ [name]: `${start}${before}${secret}${after}` })).not.toContain(secret)
    }),
    { numRuns: 500 },
  )
})

it('what was signed is signed, and nothing else is', () => {
  fc.assert(
    fc.property(awkwardText(), awkwardText(), awkwardText(), (secret, body, other) => {
      const header = sign(`s${secret}`, body)
      expect(isSigned(`s${secret}`, body, header)).toBe(true)
      expect(isSigned(`s${secret}`, body, header.replace('v1=', 'v0='))).toBe(false)
      if (Buffer.compare(Buffer.from(body), Buffer.from(other)) !== 0)
        expect(isSigned(`s${secret}`, other, header)).toBe(false)
    }),
  )
})

it('a sealed secret is what it was, and unreadable where anything of it was changed', () => {
  const read = readPayloadKeys(`one:${Buffer.alloc(32, 1).toString('base64')}`)
  const keys = read.kind === 'keys' ? read.keys : []
  const text = fc.string({ unit: 'grapheme' })
  fc.assert(
    fc.property(text, awkwardText(), (secret, other) => {
      expect(unseal(keys, seal(keys, secret, 'row'), 'row')).toBe(secret)
      for (const wrong of [`sealed:one:${other}`, `sealed:${other}`, `x${other}`])
        expect(() => unseal(keys, wrong, 'row')).toThrow(UnreadableSecret)
    }),
  )
})

it('an address of our own is none for everybody, however it is written', () => {
  const own = fc.oneof(
    fc.tuple(fc.constantFrom(10, 127, 0), fc.nat(255), fc.nat(255), fc.nat(255)).map((parts) => parts.join('.')),
    fc.tuple(fc.nat(255), fc.nat(255)).map(([c, d]) => `192.168.${c}.${d}`),
    fc.tuple(fc.nat(255), fc.nat(255)).map(([c, d]) => `169.254.${c}.${d}`),
  )
  fc.assert(
    fc.property(own, fc.constantFrom('', '::ffff:', '::', '64:ff9b::'), (address, clothes) => {
      expect(isPublicAddress(clothes + address)).toBe(false)
    }),
  )
})
