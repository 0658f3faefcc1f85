import { z } from '@hono/zod-openapi'
import { skuField, text } from '../fields.ts'

const address = z.strictObject({
  name: text(200),
  line1: text(200),
  line2: text(200).optional(),
  city: text(100),
  postalCode: text(20),
  country: z.string().regex(/^[A-Z]{2}$/, 'Has to be two capital letters (ISO 3166-1)'),
})

/** The names of payment methods only: a card's number has no way in. */
export const paymentMethodField = z
  .string()
  .regex(/^pm_[A-Za-z0-9_]{1,61}$/, 'Has to be the name of a payment method: pm_...')

/** What a customer sends to order. Prices are not in it: they come from the catalogue. */
export const orderBody = z
  .strictObject({
    lines: z
      .array(
        z.strictObject({
          sku: skuField,
          quantity: z.int().min(1).max(1000),
          allowBackorder: z
            .boolean()
            .optional()
            .openapi({ description: 'Short of stock, wait for it instead of being refused', default: false }),
        }),
      )
      .min(1)
      .max(50),
    shippingAddress: address,
    paymentMethod: paymentMethodField,
  })
  .openapi('PlaceOrder', {
    example: {
      lines: [
        { sku: 'MUG-CLASSIC', quantity: 2 },
        { sku: 'TEE-BLACK-M', quantity: 1 },
      ],
      shippingAddress: {
        name: 'Kim Example',
        line1: 'Example Street 1',
        city: 'Berlin',
        postalCode: '10115',
        country: 'DE',
      },
      paymentMethod: 'pm_card_visa',
    },
  })

export type OrderBody = z.infer<typeof orderBody>
