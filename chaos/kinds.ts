import type { OrderStatus, PlaceOrder } from '../client/contract.ts'
import { type Random, upTo } from '../platform/seeded.ts'

export type Kind = {
  readonly name: string
  readonly wish: PlaceOrder
  /** How it may end, whatever breaks meanwhile: an outage may delay an order and may not change its end. */
  readonly ends: readonly OrderStatus[]
  /** The customer changes her mind as soon as it is placed. */
  readonly cancels?: true
}

export const plenty = 'CHAOS-PLENTY'
export const short = 'CHAOS-SHORT'

function wish(paymentMethod: string, sku = plenty, country = 'DE'): PlaceOrder {
  const shippingAddress = { name: 'Ada Example', line1: 'Street 1', city: 'Berlin', postalCode: '10115', country }
  return { lines: [{ sku, quantity: 2 }], shippingAddress, paymentMethod }
}

const kind = (name: string, ends: Kind['ends'], order: PlaceOrder): Kind => ({ name, ends, wish: order })

export const ok = kind('ok', ['delivered'], wish('pm_card_visa'))
export const silent = kind('silent', ['rejected'], wish('pm_sim_noAnswer'))
export const providerErrors = kind('provider errors', ['delivered'], wish('pm_sim_outage'))
export const chargedThenSilent = kind('charged, then silent', ['delivered'], wish('pm_sim_timeoutThenCharged'))
export const byWebhook = kind('by webhook', ['delivered'], wish('pm_sim_webhook'))
export const declinedByWebhook = kind('declined by webhook', ['rejected'], wish('pm_sim_webhookDeclined'))

/** A day's customers, the most first; each as often as it is here. */
const mix: readonly Kind[] = [
  ...Array.from({ length: 10 }, () => ok),
  ...Array.from({ length: 2 }, () => kind('declined', ['rejected'], wish('pm_card_visa_chargeDeclined'))),
  ...Array.from({ length: 2 }, () => kind('short of stock', ['rejected'], wish('pm_card_visa', short))),
  ...Array.from({ length: 3 }, (): Kind => ({
    ...kind('cancelled', ['cancelled', 'delivered'], wish('pm_card_visa')),
    cancels: true,
  })),
  kind('undeliverable', ['rejected'], wish('pm_card_visa', plenty, 'ZZ')),
]

/** One of the mix; every twentieth one is silent, unless nobody has the patience. */
export const anyKind = (random: Random, isPatient: boolean): Kind =>
  isPatient && upTo(random, 20) === 0 ? silent : (mix[upTo(random, mix.length)] ?? ok)
