import type { Payload, PayloadCodec } from '@temporalio/common'

type Bag = Readonly<Record<string, unknown>>

/**
 * Protobuf of Temporal as JSON that people read: payloads decoded, times as text, long numbers as numbers, what is empty
 * left out. A payload that can't be decoded is shown as that.
 */
export async function plainOf(value: unknown, codec: PayloadCodec | undefined, name = ''): Promise<unknown> {
  if (typeof value !== 'object' || value === null) return value
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64')
  if (Array.isArray(value)) return Promise.all(value.map((one) => plainOf(one, codec, name)))
  if (isLong(value)) return value.toNumber()
  if ('seconds' in value && 'nanos' in value) return timeOf(value, name)
  if ('metadata' in value && 'data' in value) return payloadValue(value as Payload, codec)
  if ('payloads' in value && Array.isArray(value.payloads)) return plainOf(value.payloads, codec, name)
  const fields = Object.entries(value).filter(([, field]) => !isEmpty(field))
  return Object.fromEntries(
    await Promise.all(fields.map(async ([key, field]) => [key, await plainOf(field, codec, key)] as const)),
  )
}

const isLong = (value: object): value is { readonly toNumber: () => number } =>
  'toNumber' in value && typeof value.toNumber === 'function'

const isEmpty = (value: unknown): boolean =>
  value === null ||
  value === undefined ||
  value === '' ||
  (Array.isArray(value) && value.length === 0) ||
  (value instanceof Uint8Array && value.length === 0)

/** A timestamp where the name says so, else a duration in seconds. */
export function timeOf({ seconds, nanos }: { readonly seconds: unknown; readonly nanos: unknown }, name: string) {
  const ms = Number(seconds ?? 0) * 1000 + Number(nanos ?? 0) / 1e6
  return /time$/i.test(name) ? new Date(ms).toISOString() : `${ms / 1000}s`
}

/** What a payload carries; shown with its encoding where it can't be read here. */
export async function payloadValue(payload: Payload, codec: PayloadCodec | undefined): Promise<unknown> {
  try {
    const [decoded = payload] = codec === undefined ? [payload] : await codec.decode([payload])
    const encoding = textOf(decoded.metadata?.['encoding'])
    if (encoding === 'binary/null') return null
    if (encoding.startsWith('json/')) return JSON.parse(textOf(decoded.data)) as unknown
    if (encoding === 'binary/plain') return Buffer.from(decoded.data ?? []).toString('base64')
    return { undecodable: `no codec for ${encoding || 'no encoding'}`, encoding }
  } catch (error) {
    const why = error instanceof Error ? error.message : 'unknown'
    return { undecodable: why, encoding: textOf(payload.metadata?.['encoding']) }
  }
}

const textOf = (bytes: Uint8Array | null | undefined): string => Buffer.from(bytes ?? []).toString()

export const isBag = (value: unknown): value is Bag =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
export const bagOf = (value: unknown): Bag => (isBag(value) ? value : {})
