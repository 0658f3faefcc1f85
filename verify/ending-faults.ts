import { isOver } from '../domain/order.ts'
import { isSettledForGood, type Saga, type StepProgress } from '../domain/saga/state.ts'

/** What the services keep of one order. */
export type Kept = {
  readonly reservations: readonly { readonly step: string; readonly state: string }[]
  readonly payments: readonly {
    readonly step: string
    readonly state: string
    readonly capturedMinor: number
    readonly refundedMinor: number
    readonly currency: string
  }[]
  readonly shipments: readonly { readonly step: string; readonly state: string }[]
  /** As readers see them. */
  readonly returns: readonly {
    readonly status: string
    readonly amountMinor: number
    readonly refunded: boolean
  }[]
}

/**
 * Where the services' books contradict how an order ended; an order under way may be anywhere. What an admin did by hand
 * was done outside, so the books need not show it.
 */
export function endingFaults(saga: Saga, kept: Kept): readonly string[] {
  if (!isOver(saga.status)) return []
  return saga.steps.flatMap((step) => (saga.status === 'delivered' ? deliveredFaults : undoneFaults)(saga, step, kept))
}

function deliveredFaults({ order }: Saga, step: StepProgress, kept: Kept): readonly string[] {
  const { step: name, participant, settlement } = step
  if (settlement !== undefined && !isSettledForGood(step))
    return [`the ${settlement.action} of its ${name} is ${settlement.state}`]
  if (participant === 'stock' && settlement?.state === 'done') {
    const state = kept.reservations.find((one) => one.step === name)?.state ?? 'nowhere'
    return state === 'committed' ? [] : [`its goods are ${state}`]
  }
  if (participant === 'shipping') {
    const state = kept.shipments.find((one) => one.step === name)?.state ?? 'unknown'
    return state === 'delivered' ? [] : [`its shipment is ${state}`]
  }
  if (participant !== 'payment') return []
  const payment = kept.payments.find((one) => one.step === name)
  const { amountMinor, currency } = order.total
  const faults: string[] = []
  if (settlement?.state === 'done') {
    if (payment === undefined) faults.push('its payment is unknown')
    else if (payment.capturedMinor !== amountMinor || payment.currency !== currency) {
      const captured = `${payment.state}, ${payment.capturedMinor} ${payment.currency} captured`
      faults.push(`its payment is ${captured} of ${amountMinor} ${currency}`)
    }
  }
  const refunded = payment?.refundedMinor ?? 0
  const [told, asked] = refundsOf(kept)
  if (refunded > asked)
    faults.push(
      `${refunded} ${currency} were refunded${asked === 0 ? ' without a return' : `, ${asked} by its returns`}`,
    )
  if (refunded < told) faults.push(`${refunded} ${currency} were refunded, readers are told ${told}`)
  return faults
}

/** What is told as paid back, and what may be: from when the goods are back until it is told, both are right. */
function refundsOf({ returns }: Kept): readonly [told: number, asked: number] {
  const sum = (those: Kept['returns']) => those.reduce((all, { amountMinor }) => all + amountMinor, 0)
  return [
    sum(returns.filter((one) => one.refunded)),
    sum(returns.filter(({ status }) => status === 'received' || status === 'completed')),
  ]
}

/** Of a parcel that nobody will get: called back, or the carrier has lost it or brings it back. */
const nowhere: readonly string[] = ['cancelled', 'lost', 'failed', 'returned']

function undoneFaults(_saga: Saga, step: StepProgress, kept: Kept): readonly string[] {
  if (step.compensation.state === 'doneByHand') return []
  const { step: name, participant } = step
  if (participant === 'stock') {
    const state = kept.reservations.find((one) => one.step === name)?.state ?? 'released'
    return state === 'released' ? [] : [`its goods are ${state}`]
  }
  if (participant === 'payment') {
    const state = kept.payments.find((one) => one.step === name)?.state ?? 'voided'
    return state === 'voided' || state === 'declined' ? [] : [`its payment is ${state}`]
  }
  const state = kept.shipments.find((one) => one.step === name)?.state
  const isOnItsWay = state !== undefined && !nowhere.includes(state)
  return participant === 'shipping' && isOnItsWay ? [`its parcel is ${state}`] : []
}
