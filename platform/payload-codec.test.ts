import { randomBytes } from 'node:crypto'
import { defaultPayloadConverter, type Payload } from '@temporalio/common'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readConfig } from './config.ts'
import { dataConverterFor, makePayloadCodec } from './payload-codec.ts'

const key = () => randomBytes(32).toString('base64')
const [oldKey, newKey] = [`old:${key()}`, `new:${key()}`]
const keysOf = (PAYLOAD_KEYS: string) => readConfig({ PAYLOAD_KEYS }).PAYLOAD_KEYS

function codecOf(text: string) {
  const codec = makePayloadCodec(keysOf(text))
  if (codec === undefined) throw new Error('No keys, no codec')
  return codec
}

const secret = { sku: 'MUG-CLASSIC', quantity: 2 }
const plain = defaultPayloadConverter.toPayload(secret)
const old = codecOf(oldKey)

async function encrypted(): Promise<Payload> {
  const [payload] = await old.encode([plain])
  if (payload === undefined) throw new Error('Nothing came back')
  return payload
}
const valuesOf = (payloads: readonly Payload[]) => payloads.map((each) => defaultPayloadConverter.fromPayload(each))
const text = (bytes: Uint8Array | null | undefined) => Buffer.from(bytes ?? []).toString('latin1')

describe('an encrypted payload', () => {
  it('names its key and its encoding, and shows nothing else', async () => {
    const { metadata, data } = await encrypted()
    const shown = Object.entries(metadata ?? {}).map(([name, bytes]) => [name, text(bytes)])
    expect(shown).toEqual([
      ['encoding', 'binary/encrypted'],
      ['encryption-key-id', 'old'],
    ])
    expect(text(data)).not.toMatch(/MUG|json/)
  })

  it('is another each time', async () => {
    expect(text((await encrypted()).data)).not.toBe(text((await encrypted()).data))
  })

  it('is refused when one bit of it is another, wherever it is', async () => {
    const payload = await encrypted()
    const length = payload.data?.length ?? 0
    await fc.assert(
      fc.asyncProperty(fc.nat(length - 1), fc.nat(7), async (at, bit) => {
        const data = Buffer.from(payload.data ?? [])
        data[at] = (data[at] ?? 0) ^ (1 << bit)
        await expect(old.decode([{ ...payload, data }])).rejects.toThrow('does not fit the key old')
      }),
    )
  })

  it('is refused when it is cut, or says that another key made it', async () => {
    const payload = await encrypted()
    const data = payload.data ?? new Uint8Array()
    await expect(old.decode([{ ...payload, data: data.subarray(0, -1) }])).rejects.toThrow('does not fit')
    await expect(old.decode([{ ...payload, data: data.subarray(0, 27) }])).rejects.toThrow('too short')
    const sameKey = codecOf(`${oldKey},other:${oldKey.slice('old:'.length)}`)
    const metadata = { ...payload.metadata, 'encryption-key-id': Buffer.from('other') }
    await expect(sameKey.decode([{ ...payload, metadata }])).rejects.toThrow('does not fit the key other')
  })

  it('is refused without its key, by the id', async () => {
    await expect(codecOf(newKey).decode([await encrypted()])).rejects.toThrow(
      'encrypted with the key old, which is not in PAYLOAD_KEYS',
    )
    const { data } = await encrypted()
    const metadata = { encoding: Buffer.from('binary/encrypted') }
    await expect(old.decode([{ metadata, ...(data && { data }) }])).rejects.toThrow('does not name its key')
  })

  it('is read after a new key has come before its own', async () => {
    const both = codecOf(`${newKey},${oldKey}`)
    const mixed = [await encrypted(), ...(await both.encode([plain]))]
    expect(mixed.map(({ metadata }) => text(metadata?.['encryption-key-id']))).toEqual(['old', 'new'])
    expect(valuesOf(await both.decode(mixed))).toEqual([secret, secret])
  })
})

describe('the codec', () => {
  it('leaves payloads that are not encrypted as they are', async () => {
    expect(await old.decode([plain, {}])).toEqual([plain, {}])
  })

  it('gives back what it was given, in order', async () => {
    const value = fc.option(fc.jsonValue(), { nil: undefined })
    await fc.assert(
      fc.asyncProperty(fc.array(value), async (values) => {
        const given = values.map((each) => defaultPayloadConverter.toPayload(each))
        const back = await old.decode(await old.encode(given))
        expect(back.map(({ metadata, data }) => [text(metadata?.['encoding']), text(data)])).toEqual(
          given.map(({ metadata, data }) => [text(metadata?.['encoding']), text(data)]),
        )
        expect(valuesOf(back)).toEqual(valuesOf(given))
      }),
    )
  })

  it('is not there without keys', () => {
    expect(makePayloadCodec([])).toBeUndefined()
    expect(dataConverterFor([])).toEqual({})
  })
})
