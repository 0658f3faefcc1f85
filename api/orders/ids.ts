import { createHash, randomUUID } from 'node:crypto'
import { type AddressId, addressId, type CustomerId, type OrderId, orderId } from '../../domain/ids.ts'

/** Namespaces of our own: another one would give every order and address another id, so they stay. */
const orders = 'b3f6d0a4-0c0e-4a56-9d8e-2a5b8a5c7f10'
const addresses = '5f0c1f52-6f3b-4a0e-8a57-3a0b7f3b9c21'

/** The same customer's same key is the same order, for ever; without a key each request is a new one. */
export const orderIdFor = (customer: CustomerId, key: string | undefined): OrderId =>
  orderId(key === undefined ? randomUUID() : uuidV5(orders, `${customer}:${key}`))

/** Two bodies under one key never share an address. */
export const addressIdFor = (order: OrderId, fingerprint: string): AddressId =>
  addressId(uuidV5(addresses, `${order}:${fingerprint}`))

/** RFC 9562, section 5.5. */
export function uuidV5(namespace: string, name: string): string {
  const hash = createHash('sha1')
    .update(Buffer.from(namespace.replaceAll('-', ''), 'hex'))
    .update(name)
    .digest()
  hash.writeUInt8((hash.readUInt8(6) & 0x0f) | 0x50, 6)
  hash.writeUInt8((hash.readUInt8(8) & 0x3f) | 0x80, 8)
  const hex = hash.toString('hex', 0, 16)
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

/** SHA-256 of a value's JSON with its keys in order, base64url: the same for the same request however it is written. */
export const fingerprintOf = (value: unknown): string =>
  createHash('sha256').update(canonical(value)).digest('base64url')

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`)
  return `{${members.join(',')}}`
}
