import type { Config } from '../../../platform/config.ts'
import type { Address } from '../addresses.ts'

const required = [
  'EASYPOST_API_KEY',
  'SHIP_FROM_NAME',
  'SHIP_FROM_STREET',
  'SHIP_FROM_CITY',
  'SHIP_FROM_POSTAL_CODE',
  'SHIP_FROM_COUNTRY',
  'SHIP_FROM_PHONE',
] as const

/** @throws with every missing variable named. */
export function senderOf(config: Config) {
  const missing = required.filter((name) => config[name] === '')
  if (missing.length > 0) throw new Error(`CARRIER=easypost needs ${missing.join(', ')}`)
  return {
    name: config.SHIP_FROM_NAME,
    street1: config.SHIP_FROM_STREET,
    city: config.SHIP_FROM_CITY,
    ...(config.SHIP_FROM_STATE !== '' && { state: config.SHIP_FROM_STATE }),
    zip: config.SHIP_FROM_POSTAL_CODE,
    country: config.SHIP_FROM_COUNTRY,
    phone: config.SHIP_FROM_PHONE,
  }
}

export const recipientOf = ({ name, line1, line2, city, postalCode, country }: Address) => ({
  name,
  street1: line1,
  ...(line2 !== undefined && { street2: line2 }),
  city,
  zip: postalCode,
  country,
})

const gramsPerOunce = 28.349523125
const centimetresPerInch = 2.54
const oneDecimal = (value: number): number => Math.max(0.1, Math.round(value * 10) / 10)

/** EasyPost counts in ounces and inches. */
export function parcelOf({ PARCEL_WEIGHT_GRAMS: grams, PARCEL_SIZE_CM: size }: Config) {
  const [length = 1, width = 1, height = 1] = size.split('x').map((part) => Number(part) / centimetresPerInch)
  return {
    length: oneDecimal(length),
    width: oneDecimal(width),
    height: oneDecimal(height),
    weight: oneDecimal(grams / gramsPerOunce),
  }
}
