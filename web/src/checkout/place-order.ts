import { call } from '../http/client.ts'
import type { Order, PlaceOrder } from '../http/contract.ts'
import { fieldText } from '../ui/form-fields.ts'

/** Sent again with the same key, the same form is the same order: so a lost answer may be asked for once more. */
export const placeOrder = (order: PlaceOrder, key: string): Promise<Order> =>
  call<Order>('/v1/orders', { method: 'POST', body: order, headers: { 'Idempotency-Key': `"${key}"` } })

export function readForm(form: FormData, lines: PlaceOrder['lines']): PlaceOrder {
  const field = (name: string): string => fieldText(form, name).trim()
  const line2 = field('line2')
  return {
    lines: lines.map(({ sku, quantity, allowBackorder }) => ({
      sku,
      quantity,
      ...(allowBackorder && { allowBackorder }),
    })),
    shippingAddress: {
      name: field('name'),
      line1: field('line1'),
      ...(line2 !== '' && { line2 }),
      city: field('city'),
      postalCode: field('postalCode'),
      country: field('country'),
    },
    paymentMethod: field('paymentMethod'),
  }
}
