import { isOver } from '../domain/order.ts'
import type { Saga, StepProgress } from '../domain/saga/state.ts'

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
  /** The statuses of its returns. */
  readonly returns: readonly string[]
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
  if (participant === 'stock' && settlement?.state === 'done') {
    const state = kept.reservations.find((one) => one.step === name)?.state ?? 'nowhere'
    return state === 'committed' ? [] : [`its goods are ${state}`]
  }
  if (participant === 'shipping') {
    return kept.shipments.some((one) => one.step === name && one.state === 'cancelled')
      ? ['its shipment is cancelled']
      : []
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
  const wasReturned = kept.returns.some((status) => status === 'received' || status === 'completed')
  if (payment !== undefined && payment.refundedMinor > 0 && !wasReturned)
    faults.push(`${payment.refundedMinor} ${payment.currency} were refunded without a return`)
  return faults
}

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
  return participant === 'shipping' && (state === 'dispatched' || state === 'delivered')
    ? [`its parcel is ${state}`]
    : []
}
