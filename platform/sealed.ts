import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import type { PayloadKey } from './payload-keys.ts'

const cipher = 'aes-256-gcm'
const nonceBytes = 12
const tagBytes = 16

/** Somebody's secret that can't be read with the keys there are. The message names a key's id at most. */
export class UnreadableSecret extends Error {
  override readonly name = 'UnreadableSecret'
}

/**
 * A secret as it may be stored: AES-256-GCM with the first key, as `sealed:<key id>:<base64>`. Without keys it is stored
 * as it is, `plain:<secret>`, and whoever reads the database reads it.
 * @param bound what it belongs to: put into another row, it can't be read.
 */
export function seal(keys: readonly PayloadKey[], secret: string, bound: string): string {
  const [first] = keys
  if (first === undefined) return `plain:${secret}`
  const nonce = randomBytes(nonceBytes)
  const aes = createCipheriv(cipher, first.key, nonce, { authTagLength: tagBytes }).setAAD(Buffer.from(bound))
  const sealed = Buffer.concat([nonce, aes.update(secret, 'utf8'), aes.final(), aes.getAuthTag()])
  return `sealed:${first.id}:${sealed.toString('base64')}`
}

/** @throws {UnreadableSecret} */
export function unseal(keys: readonly PayloadKey[], stored: string, bound: string): string {
  const [kind, id, data] = stored.split(':')
  if (kind === 'plain') return stored.slice('plain:'.length)
  const found = keys.find((each) => each.id === id)
  if (kind !== 'sealed' || found === undefined) throw new UnreadableSecret(`The key ${id} is not in PAYLOAD_KEYS`)
  const bytes = Buffer.from(data ?? '', 'base64')
  const tagAt = bytes.length - tagBytes
  if (tagAt < nonceBytes) throw new UnreadableSecret('A sealed secret is too short')
  const aes = createDecipheriv(cipher, found.key, bytes.subarray(0, nonceBytes), { authTagLength: tagBytes })
  aes.setAAD(Buffer.from(bound)).setAuthTag(bytes.subarray(tagAt))
  try {
    return Buffer.concat([aes.update(bytes.subarray(nonceBytes, tagAt)), aes.final()]).toString('utf8')
  } catch (cause) {
    throw new UnreadableSecret(`A secret does not fit the key ${found.id}, or belongs elsewhere`, { cause })
  }
}
