import { createSecretKey, type KeyObject } from 'node:crypto'

/** A `KeyObject` and no bytes: however it is printed, it shows nothing of the key. */
export type PayloadKey = { readonly id: string; readonly key: KeyObject }

export type ReadKeys =
  | { readonly kind: 'keys'; readonly keys: readonly PayloadKey[] }
  /** Each wrong key by its position: what stands there may be a key that lacks its id. */
  | { readonly kind: 'wrong'; readonly errors: readonly string[] }

/** What may be shown of a payload's metadata; with less care somebody's bytes end up in our log. */
export const isKeyId = (text: string): boolean => /^[A-Za-z0-9._-]{1,64}$/.test(text)

/** AES-256 takes 32 bytes: 43 characters of base64 and one `=`. */
const isKey = (text: string): boolean => /^[A-Za-z0-9+/]{43}=$/.test(text)

/** Reads `id:base64key[,id:base64key...]`. */
export function readPayloadKeys(text: string): ReadKeys {
  if (text.trim() === '') return { kind: 'keys', keys: [] }
  const entries = text.split(',').map((entry) => {
    const [id = '', key = '', ...more] = entry.trim().split(':')
    return { id, key, isWhole: more.length === 0 }
  })
  const errors = entries.flatMap(({ id, key, isWhole }, index) => {
    const name = `key ${index + 1}`
    const first = entries.findIndex((other) => other.id === id)
    if (!isWhole || key === '' || !isKeyId(id)) return [`${name} has to be like id:base64key`]
    if (!isKey(key)) return [`${name} has to be 32 bytes in base64`]
    return first < index ? [`${name} has the id of key ${first + 1}`] : []
  })
  if (errors.length > 0) return { kind: 'wrong', errors }
  return { kind: 'keys', keys: entries.map(({ id, key }) => ({ id, key: createSecretKey(key, 'base64') })) }
}
