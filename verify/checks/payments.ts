import { checkPayments, type Violation } from '../../workers/payment/check.ts'
import { countPayments, doubleCaptures } from '../../workers/payment/check-captures.ts'
import type { Context } from '../context.ts'
import type { Finding, Invariant } from '../invariant.ts'

const statement = (orderId: string) => `GET /v1/admin/orders/${orderId}/payments`

export const ledger: Invariant = {
  name: 'ledger',
  asks: 'Does every movement sum up to 0 in its currency, and the ledger say what the payments say?',
  ofOrders: true,
  check: async (context) => ({
    looked: await countPayments(context.payment, context.orderId),
    findings: await violations(
      context,
      ['movementUnbalanced', 'paymentAndLedgerDiffer', 'ledgerWithoutPayment'],
      (id) => `${statement(id)}: book the missing counter-entry; the ledger is append-only, so find who changed it`,
    ),
  }),
}

export const captures: Invariant = {
  name: 'captures',
  asks: 'Was each order captured at most once, and never more refunded than captured?',
  ofOrders: true,
  check: async (context) => {
    const repair = (id: string) =>
      `${statement(id)}, compare with the provider; what was taken too much is refunded there`
    const doubled = await doubleCaptures(context.payment)
    return {
      looked: await countPayments(context.payment, context.orderId),
      findings: [
        ...doubled.map(({ orderId, captures: times }): Finding => {
          const difference = `captured ${times} times`
          return { subject: orderId, orderId, difference, repair: repair(orderId) }
        }),
        ...(await violations(context, ['refundsAndPaymentDiffer'], repair)),
      ],
    }
  },
}

const told: Readonly<Record<Violation['rule'], string>> = {
  movementUnbalanced: 'does not sum up to 0',
  paymentAndLedgerDiffer: 'the payment and its ledger differ',
  refundsAndPaymentDiffer: 'the payment and its refunds differ',
  ledgerWithoutPayment: 'is in the ledger without a payment',
}

async function violations(
  { payment }: Context,
  rules: readonly Violation['rule'][],
  repair: (orderId: string) => string,
): Promise<readonly Finding[]> {
  const found = (await checkPayments(payment)).filter(({ rule }) => rules.includes(rule))
  return found.map(({ rule, orderId, what }) => ({
    subject: orderId,
    orderId,
    difference: `${what}: ${told[rule]}`,
    repair: repair(orderId),
  }))
}
