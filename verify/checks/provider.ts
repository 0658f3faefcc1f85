import { checkProvider } from '../../workers/payment/check-provider.ts'
import { countPayments } from '../../workers/payment/check-captures.ts'
import { listEvents } from '../../workers/projection/queries.ts'
import type { Context } from '../context.ts'
import type { Finding, Invariant } from '../invariant.ts'

export const provider: Invariant = {
  name: 'provider',
  asks: 'Does the payment provider’s book say what ours says? (the simulator’s; others: by their own reports)',
  ofOrders: true,
  async check(context) {
    const findings: Finding[] = []
    for (const { orderId, ours, theirs } of await checkProvider(context.payment)) {
      if (await wasByHand(context, orderId)) continue
      const difference = `ours: ${ours}; the provider’s: ${theirs}`
      const repair = `GET /v1/admin/orders/${orderId}/payments, compare with the provider, and void, capture or refund there what ours says`
      findings.push({ subject: orderId, orderId, difference, repair })
    }
    const simulated = context.config.PAYMENT_PROVIDER === 'simulator'
    return { looked: simulated ? await countPayments(context.payment, context.orderId) : 0, findings }
  },
}

/** What an admin did at the provider by hand is booked here without a call, so the simulator never heard of it. */
async function wasByHand({ orders }: Context, id: string): Promise<boolean> {
  const events = await listEvents(orders, id, 'all')
  return events.some(({ data }) =>
    data.asks?.some(({ byHand, participant }) => byHand === true && participant === 'payment'),
  )
}
