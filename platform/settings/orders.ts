import { z } from 'zod'
import { count, optionalUrl, text } from './kinds.ts'

export const orders = {
  STEP_DEADLINE_SECONDS: count(0).meta({
    description:
      'For every step whose own `<STEP>_DEADLINE_SECONDS` is not set; without either, the step’s definition decides (stock 30 s, payment 15 min, shipping 5 min).',
  }),
  RETRY_SECONDS: count(30, 1).meta({
    description:
      'A compensation, commit or capture is asked again after this long, then after twice as long, and so on.',
  }),
  RETRY_ATTEMPTS: count(6, 1).meta({ description: 'Asked this often in all, then the order needs attention.' }),
  APPROVAL_ABOVE_MINOR: count(0).meta({
    description: 'Above 0: an order whose total is above this, in minor units, waits for an admin’s approval.',
  }),
  PAYMENT_GRACE_SECONDS: count(0).meta({
    description:
      'Above 0: a declined payment waits so long for another payment method, the reservation held meanwhile.',
  }),
  BACKORDER_DEADLINE_SECONDS: count(7 * 24 * 3600, 1).meta({
    description: 'How long an order that allows it waits for goods that are short.',
  }),
  DISPATCH_DEADLINE_SECONDS: count(2 * 24 * 3600, 1).meta({
    description: 'A confirmed order that is not dispatched within this time needs attention.',
  }),
  RETURN_WINDOW_DAYS: count(30).meta({
    description: 'For so long after delivery goods may be sent back, see [returns](returns.md).',
  }),
  RETURN_APPROVED_UP_TO_MINOR: count(0).meta({
    description: 'Returns up to this sum, in minor units, need no admin’s approval.',
  }),
  RESUME_QUIET_SECONDS: count(40).meta({
    description:
      'A lost order is taken up again so long after its workflow’s end: its last events may still be on their way.',
  }),
  RESERVATION_SWEEP_SECONDS: count(600, 1).meta({
    description: 'How often stock looks for reservations whose order is over.',
  }),
}

export const payment = {
  PAYMENT_PROVIDER: z.enum(['simulator', 'stripe']).default('simulator').meta({
    description: 'Who moves the money, see [payment](payment.md).',
  }),
  PROVIDER_TIMEOUT_SECONDS: count(5, 1).meta({
    description: 'One call to a payment provider or carrier is given up after this long and its outcome looked up.',
  }),
  STRIPE_SECRET_KEY: text().meta({
    description: 'Key of the Stripe account; needed with PAYMENT_PROVIDER=stripe.',
    example: 'sk_live_...',
    secret: true,
  }),
  STRIPE_WEBHOOK_SECRET: text().meta({
    description: 'With which Stripe signs its webhooks; without one, they are refused.',
    example: 'whsec_...',
    secret: true,
  }),
  STRIPE_API_URL: optionalUrl().meta({
    description: 'Somewhere else than Stripe itself, such as a stripe-mock.',
    example: 'http://127.0.0.1:12111',
  }),
  SIMULATOR_WEBHOOK_SECRET: text().meta({
    description: 'With which the simulators sign their webhooks; without one, theirs are refused.',
    example: 'any-long-text',
    secret: true,
  }),
  WEBHOOK_BASE_URL: z.url().default('http://127.0.0.1:3000').meta({
    description: 'Where the simulators send their webhooks: our own API.',
    example: 'http://api:3000',
  }),
}

export const shipping = {
  CARRIER: z.enum(['simulator', 'easypost']).default('simulator').meta({
    description: 'Who carries the parcels, see [shipping](shipping.md).',
  }),
  EASYPOST_API_KEY: text().meta({
    description: 'Key of the EasyPost account; needed with CARRIER=easypost.',
    example: 'EZAK...',
    secret: true,
  }),
  EASYPOST_WEBHOOK_SECRET: text().meta({
    description: 'With which EasyPost signs its webhooks; without one, they are refused.',
    example: 'any-long-text',
    secret: true,
  }),
  EASYPOST_API_URL: z
    .union([z.literal(''), z.url().endsWith('/')])
    .default('')
    .meta({
      description: 'Somewhere else than EasyPost itself, with its path and `/` at the end.',
      example: 'http://127.0.0.1:9000/v2/',
    }),
  SHIP_FROM_NAME: text().meta({
    description: 'From where parcels leave, for carriers that want to know; easypost needs all but the state.',
    example: 'Example Warehouse',
  }),
  SHIP_FROM_STREET: text().meta({ description: 'The same: street and number.', example: 'Dock Street 1' }),
  SHIP_FROM_CITY: text().meta({ description: 'The same: city.', example: 'Berlin' }),
  SHIP_FROM_STATE: text().meta({ description: 'The same: state, where there are any.', example: 'CA' }),
  SHIP_FROM_POSTAL_CODE: text().meta({ description: 'The same: postal code.', example: '10115' }),
  SHIP_FROM_COUNTRY: text().meta({ description: 'The same: country, ISO 3166-1, two capital letters.', example: 'DE' }),
  SHIP_FROM_PHONE: text().meta({ description: 'The same: phone.', example: '+49 30 1234567' }),
  PARCEL_WEIGHT_GRAMS: count(500, 1).meta({ description: 'Weight of a parcel.' }),
  PARCEL_SIZE_CM: z
    .string()
    .regex(/^\d{1,3}x\d{1,3}x\d{1,3}$/, 'has to be like 30x20x10')
    .default('30x20x10')
    .meta({ description: 'Its length, width and height in centimetres.' }),
  CARRIER_DISPATCH_DELAY_MS: count(2000).meta({ description: 'The carrier simulator: from confirmed to dispatched.' }),
  CARRIER_DELIVERY_DELAY_MS: count(4000).meta({ description: 'The carrier simulator: from dispatched to delivered.' }),
}
