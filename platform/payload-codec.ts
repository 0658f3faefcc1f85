import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import type { DataConverter, Payload, PayloadCodec } from '@temporalio/common'
import protobuf from 'protobufjs/light.js'
import { isKeyId, type PayloadKey } from './payload-keys.ts'

const encoding = 'binary/encrypted'
const cipher = 'aes-256-gcm'
const nonceBytes = 12
const tagBytes = 16

/** As in `temporal/api/common/v1/message.proto`. */
const payloadType = new protobuf.Type('Payload')
  .add(new protobuf.MapField('metadata', 1, 'string', 'bytes'))
  .add(new protobuf.Field('data', 2, 'bytes'))

/** A payload that was encrypted and can't be read here. The message names the key's id, never a key. */
export class PayloadCodecError extends Error {
  override readonly name = 'PayloadCodecError'
}

/**
 * Encrypts what Temporal stores with the first key and reads what any of them encrypted: a nonce of 12 bytes, the
 * payload as protobuf bytes in AES-256-GCM, a tag of 16 bytes; the key's id is authenticated with it. Payloads that are
 * not encrypted are read as they are, so histories from before go on.
 * @returns undefined without keys.
 */
export function makePayloadCodec(keys: readonly PayloadKey[]): PayloadCodec | undefined {
  const [first] = keys
  if (first === undefined) return undefined
  const ring = new Map(keys.map((each) => [each.id, each]))
  return {
    encode: async (payloads) => payloads.map((payload) => encrypt(first, payload)),
    decode: async (payloads) =>
      payloads.map((payload) => (isEncrypted(payload) ? decrypt(keyOf(ring, payload), payload) : payload)),
  }
}

/** For clients and workers; without keys it is the SDK's own. */
export function dataConverterFor(keys: readonly PayloadKey[]): DataConverter {
  const codec = makePayloadCodec(keys)
  return codec === undefined ? {} : { payloadCodecs: [codec] }
}

const isEncrypted = ({ metadata }: Payload): boolean => textOf(metadata?.['encoding']) === encoding
const textOf = (bytes: Uint8Array | null | undefined): string => Buffer.from(bytes ?? []).toString()

function keyOf(ring: ReadonlyMap<string, PayloadKey>, { metadata }: Payload): PayloadKey {
  const id = textOf(metadata?.['encryption-key-id'])
  const key = ring.get(id)
  if (key !== undefined) return key
  throw new PayloadCodecError(
    isKeyId(id)
      ? `A payload was encrypted with the key ${id}, which is not in PAYLOAD_KEYS`
      : 'An encrypted payload does not name its key',
  )
}

function encrypt({ id, key }: PayloadKey, payload: Payload): Payload {
  const nonce = randomBytes(nonceBytes)
  const aes = createCipheriv(cipher, key, nonce, { authTagLength: tagBytes }).setAAD(Buffer.from(id))
  const plain = payloadType.encode(payload).finish()
  return {
    metadata: { encoding: Buffer.from(encoding), 'encryption-key-id': Buffer.from(id) },
    data: Buffer.concat([nonce, aes.update(plain), aes.final(), aes.getAuthTag()]),
  }
}

function decrypt({ id, key }: PayloadKey, { data }: Payload): Payload {
  const bytes = Buffer.from(data ?? [])
  const tagAt = bytes.length - tagBytes
  if (tagAt < nonceBytes) throw new PayloadCodecError('An encrypted payload is too short')
  const aes = createDecipheriv(cipher, key, bytes.subarray(0, nonceBytes), { authTagLength: tagBytes })
  aes.setAAD(Buffer.from(id)).setAuthTag(bytes.subarray(tagAt))
  const start = aes.update(bytes.subarray(nonceBytes, tagAt))
  const { metadata, data: plain } = payloadType.decode(Buffer.concat([start, finalOf(aes, id)])) as Payload
  return { ...(metadata && { metadata }), ...(plain && { data: plain }) }
}

function finalOf(aes: { readonly final: () => Buffer }, id: string): Buffer {
  try {
    return aes.final()
  } catch (cause) {
    throw new PayloadCodecError(`A payload does not fit the key ${id}: it was changed, or the key was`, { cause })
  }
}
