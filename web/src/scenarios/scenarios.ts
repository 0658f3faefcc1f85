import type { OrderStatus, PlaceOrder, Product } from '../http/contract.ts'
import { nowhere } from '../checkout/countries.ts'

export const scenarioNames = ['happy', 'declined', 'outOfStock', 'undeliverable', 'silent', 'cancel'] as const
export type ScenarioName = (typeof scenarioNames)[number]

export type Scenario = {
  readonly name: ScenarioName
  readonly paymentMethod: string
  readonly country: string
  /** Asks for more of a product than there is. */
  readonly asksTooMuch: boolean
  /** The order is cancelled as soon as this has happened. */
  readonly cancelAfter: string | undefined
  readonly end: OrderStatus
  /** Events that have to come, in about this order: steps of one stage answer when they like. */
  readonly events: readonly string[]
}

const usual = {
  paymentMethod: 'pm_card_visa',
  country: 'DE',
  asksTooMuch: false,
  cancelAfter: undefined,
  end: 'rejected',
} as const
const named = (...events: readonly string[]): readonly string[] => events.map((event) => `order.${event}`)
const undone = ['compensation_requested', 'payment_voided', 'stock_released'] as const

export const scenarios: readonly Scenario[] = [
  {
    ...usual,
    name: 'happy',
    end: 'delivered',
    events: named(
      'placed',
      'stock_reserved',
      'payment_authorized',
      'shipment_booked',
      'confirmed',
      'dispatched',
      'delivered',
    ),
  },
  {
    ...usual,
    name: 'declined',
    paymentMethod: 'pm_card_visa_chargeDeclined',
    events: named('placed', 'payment_declined', 'compensation_requested', 'stock_released', 'rejected'),
  },
  {
    ...usual,
    name: 'outOfStock',
    asksTooMuch: true,
    events: named('placed', 'stock_rejected', 'compensation_requested', 'payment_voided', 'rejected'),
  },
  {
    ...usual,
    name: 'undeliverable',
    country: nowhere,
    events: named('placed', 'stock_reserved', 'payment_authorized', 'shipment_rejected', ...undone, 'rejected'),
  },
  {
    ...usual,
    name: 'silent',
    paymentMethod: 'pm_sim_noAnswer',
    events: named('placed', 'stock_reserved', 'step_timed_out', ...undone, 'rejected'),
  },
  {
    ...usual,
    name: 'cancel',
    // a provider that says nothing leaves time to cancel in
    paymentMethod: 'pm_sim_noAnswer',
    cancelAfter: 'order.stock_reserved',
    end: 'cancelled',
    events: named('placed', 'stock_reserved', 'cancellation_requested', ...undone, 'cancelled'),
  },
]

/** The most the API takes of one product. */
const mostOfOne = 1000

/** @returns undefined where the shop has nothing that fits: all is sold out, or nothing is scarce enough. */
export function orderFor(scenario: Scenario, products: readonly Product[], name: string): PlaceOrder | undefined {
  const byStock = products.toSorted((a, b) => b.available - a.available)
  const product = scenario.asksTooMuch ? byStock.at(-1) : byStock[0]
  const quantity = scenario.asksTooMuch ? (product?.available ?? 0) + 1 : 1
  if (product === undefined || quantity > mostOfOne || (!scenario.asksTooMuch && product.available < 1))
    return undefined
  return {
    lines: [{ sku: product.sku, quantity }],
    shippingAddress: {
      name,
      line1: 'Example Street 1',
      city: 'Berlin',
      postalCode: '10115',
      country: scenario.country,
    },
    paymentMethod: scenario.paymentMethod,
  }
}
