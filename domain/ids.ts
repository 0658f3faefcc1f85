declare const brand: unique symbol
type Branded<Name extends string> = string & { readonly [brand]: Name }

/** A UUID; also the id of the order's workflow and the key of its events. */
export type OrderId = Branded<'OrderId'>
export type CustomerId = Branded<'CustomerId'>
/** Names a row of `shipping`'s address table; the address itself never leaves that schema. */
export type AddressId = Branded<'AddressId'>
/** `[A-Z0-9-]{1,64}` */
export type Sku = Branded<'Sku'>

export const skuPattern = /^[A-Z0-9-]{1,64}$/
export const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** Brands a string whose origin is the proof: a parser, our own database, our own events. */
export const orderId = (text: string): OrderId => text as OrderId
export const customerId = (text: string): CustomerId => text as CustomerId
export const addressId = (text: string): AddressId => text as AddressId
export const sku = (text: string): Sku => text as Sku
