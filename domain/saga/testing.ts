import { addressId, customerId, orderId, sku } from '../ids.ts'
import { money } from '../money.ts'
import type { Actor, Order } from '../order.ts'
import type { Action, OrderEvent } from './event.ts'
import type { Answer, ChangeDeadline, DeadLettered, ParcelMoved } from './messages.ts'
import { defineStep, makePlan, type Plan, type StepDefinition } from './plan.ts'
import {
  answered,
  cancelled,
  deadLettered,
  deadlinePassed,
  nextDeadline,
  parcelMoved,
  paymentMethodChanged,
  type Reaction,
  start,
} from './react.ts'
import { deadlineChanged, doneByHand, resolutionApproved, retried, stepDecided } from './operate.ts'
import { type Saga, stepOf, type StepProgress } from './state.ts'

export const anOrder: Order = {
  id: orderId('0d8f3c52-6a52-4a0e-9c7e-3f1f1b0a5d11'),
  customerId: customerId('5b1c2a34-1111-4222-8333-944445555666'),
  lines: [
    { sku: sku('TEAPOT'), name: 'Teapot', quantity: 2, unitPrice: money(1995, 'EUR'), lineTotal: money(3990, 'EUR') },
  ],
  total: money(3990, 'EUR'),
  paymentMethod: 'pm_card_visa',
  addressId: addressId('7f7f7f7f-0000-4000-8000-000000000001'),
  destination: { country: 'DE', postalCode: '10115' },
  placedAt: '2030-01-01T10:00:00.000Z',
}

export const customer: Actor = { kind: 'customer', id: anOrder.customerId }
export const operator: Actor = { kind: 'admin', id: 'ada' }

/** A step that no real list has: the engine must not know any of them by name. */
export const invent = (name: string, more: Partial<StepDefinition> = {}): StepDefinition =>
  defineStep({
    name,
    participant: `${name}-service`,
    completed: `order.${name}_done`,
    rejected: `order.${name}_declined`,
    compensated: `order.${name}_undone`,
    deadlineMs: 60_000,
    ...more,
  })

export const retryPolicy = { firstMs: 1000, attempts: 3 }

/** `fetch` is committed and `price` captured once the parcel is on its way; only the capture can be refused. */
export const threeStages: Plan = makePlan(
  [
    [invent('fetch', { settlement: { action: 'commit', completed: 'order.fetch_committed' } })],
    [
      invent('weigh'),
      invent('price', {
        settlement: { action: 'capture', completed: 'order.price_captured', rejected: 'order.price_not_captured' },
      }),
    ],
    [invent('wrap')],
  ],
  { retry: retryPolicy },
)

export type Driver = ReturnType<typeof drive>

/**
 * Feeds one order's saga with messages, a millisecond apart unless they bring their own time, and keeps its events.
 * Each act returns the events that followed from it.
 */
export function drive(plan: Plan = threeStages, order: Order = anOrder) {
  const first = start(order, plan, 'fingerprint', '00-trace-span-01')
  const all: OrderEvent[] = [...first.events]
  let saga = first.saga
  let clock = Date.parse(order.placedAt)

  const now = (): string => new Date((clock += 1)).toISOString()
  const take = (reaction: Reaction): readonly OrderEvent[] => {
    saga = reaction.saga
    all.push(...reaction.events)
    return reaction.events
  }
  const answer = (step: string, action: Action, outcome: Answer['outcome'], more: Partial<Answer> = {}) =>
    take(answered(saga, { step, action, outcome, round: roundOf(saga, step, action), at: now(), ...more }))
  const settlement = (step: string): Action => stepOf(saga, step)?.settlement?.action ?? 'commit'

  return {
    events: all as readonly OrderEvent[],
    saga: (): Saga => saga,
    step: (name: string): StepProgress => {
      const step = stepOf(saga, name)
      if (step === undefined) throw new Error(`no step ${name}`)
      return step
    },
    answer,
    completes: (...steps: readonly string[]) => steps.flatMap((step) => answer(step, 'perform', 'completed')),
    rejects: (step: string) => answer(step, 'perform', 'rejected'),
    undoes: (...steps: readonly string[]) => steps.flatMap((step) => answer(step, 'compensate', 'completed')),
    refusesUndo: (step: string) => answer(step, 'compensate', 'undoRefused'),
    settles: (...steps: readonly string[]) => steps.flatMap((step) => answer(step, settlement(step), 'completed')),
    refusesToSettle: (step: string) => answer(step, settlement(step), 'rejected'),
    cancels: (at = now(), by: Actor = customer) => take(cancelled(saga, { by, reason: 'changed my mind', at })),
    parcel: (movement: ParcelMoved['movement'], shipment?: Readonly<Record<string, unknown>>, at = now()) =>
      take(parcelMoved(saga, { movement, at, ...(shipment && { shipment }) })),
    deadLetters: (step: string, action: DeadLettered['action']) =>
      take(deadLettered(saga, { step, action, reason: { code: 'dead_lettered', message: 'unreadable' }, at: now() })),
    paysWith: (paymentMethod: string, at = now(), by: Actor = customer) =>
      take(paymentMethodChanged(saga, { paymentMethod, by, at })),
    retries: (step: string) => take(retried(saga, { step, note: 'asked them', by: operator, at: now() })),
    doesByHand: (step: string, by: Actor = operator) =>
      take(doneByHand(saga, { step, note: 'called the bank', by, at: now() })),
    approves: (number: number, by: Actor = { kind: 'admin', id: 'grace' }) =>
      take(resolutionApproved(saga, { number, by, at: now() })),
    decides: (step: string, approve: boolean) => take(stepDecided(saga, { step, approve, by: operator, at: now() })),
    movesDeadline: (step: string, deadlineAt: string, more: Pick<ChangeDeadline, 'onlyLater'> = {}) =>
      take(deadlineChanged(saga, { step, deadlineAt, note: 'on the phone', by: operator, at: now(), ...more })),
    /** Sleeps until the saga's next deadline, or to a given time, and says that it has passed. */
    waits: (until = nextDeadline(saga)) => {
      if (until === undefined) throw new Error('the saga waits for no deadline')
      clock = Math.max(clock, until)
      return take(deadlinePassed(saga, until))
    },
    clock: (): number => clock,
  }
}

/** An order with every step done. */
export function driveToConfirmed(plan?: Plan): Driver {
  const order = drive(plan)
  order.completes(...order.saga().steps.map(({ step }) => step))
  return order
}

/** Lets one deadline after the other pass until there is none left. */
export function outwait(order: Driver): void {
  for (let patience = 100; patience > 0 && nextDeadline(order.saga()) !== undefined; patience -= 1) order.waits()
}

export function roundOf(saga: Saga, name: string, action: Action): number {
  const step = stepOf(saga, name)
  const progress = action === 'perform' ? step : action === 'compensate' ? step?.compensation : step?.settlement
  return progress?.round ?? 1
}

export const types = (events: readonly OrderEvent[]): readonly string[] => events.map(({ type }) => type)

/** `compensate wrap 1.2`: action, step, round and attempt of everything asked. */
export const asks = (events: readonly OrderEvent[]): readonly string[] =>
  events
    .flatMap(({ data }) => data.asks ?? [])
    .map(({ action, step, round, attempt }) => `${action} ${step} ${round}.${attempt}`)
