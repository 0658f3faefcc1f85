import { sku } from '../domain/ids.ts'
import { driveReturns } from '../domain/returns/testing.ts'
import { resumed } from '../domain/saga/operate.ts'
import { makePlan } from '../domain/saga/plan.ts'
import { drive, type Driver, operator, outwait, retryPolicy } from '../domain/saga/testing.ts'
import type { Answer } from '../domain/saga/messages.ts'
import type { OrderEvent } from '../domain/saga/event.ts'
import { orderSaga } from '../domain/steps/index.ts'
import { type EventMessage, toMessage } from './envelope.ts'
import { toStockMessage } from './stock-levels.ts'

/** An event as an example: what its message says, the data not as text. */
export type Golden = {
  readonly key: string
  readonly headers: Readonly<Record<string, string>>
  readonly data: unknown
}

const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'
const amount = { amountMinor: 3990, currency: 'EUR' }
const authorized = { payment: { status: 'authorized', provider: 'simulator', reference: 'sim_1', amount } }
const booked = { shipment: { status: 'booked', carrier: 'simulator', trackingNumber: 'SIM1' } }
const because = (code: string, message: string) => ({ reason: { code, message } })

type Told = Partial<Pick<Answer, 'payment' | 'shipment' | 'reason'>>
const completes = (order: Driver, step: string, told: Told = {}) => order.answer(step, 'perform', 'completed', told)
const refuses = (order: Driver, step: string, told: Told) => order.answer(step, 'perform', 'rejected', told)

function confirm(order: Driver): void {
  completes(order, 'stock')
  completes(order, 'payment', authorized)
  completes(order, 'shipping', booked)
}

const usual = makePlan(orderSaga, { retry: retryPolicy, dispatchMs: 48 * 3600_000 })
const withApproval = makePlan(orderSaga, { retry: retryPolicy, limits: { approval: 1000 } })
const withGrace = makePlan(orderSaga, { retry: retryPolicy, graces: { payment: 600_000 } })

/** Invented orders, each with what happens to it after it was placed; together they say everything there is to say. */
const orders: readonly (readonly [typeof usual, (order: Driver) => void])[] = [
  [
    usual,
    (order) => {
      confirm(order)
      order.parcel('dispatched', { trackingNumber: 'SIM1', status: 'dispatched' })
      order.answer('stock', 'commit', 'completed')
      const failed = { payment: { status: 'captureFailed' }, ...because('expired', 'The authorization has expired') }
      order.answer('payment', 'capture', 'rejected', failed)
      order.answer('payment', 'capture', 'completed', { payment: { status: 'captured' } })
      order.parcel('delivered', { trackingNumber: 'SIM1', status: 'delivered' })
    },
  ],
  [
    withApproval,
    (order) => {
      order.decides('approval', true)
      completes(order, 'stock')
      completes(order, 'payment', authorized)
      refuses(order, 'shipping', because('no_carrier', 'No carrier goes there'))
      order.answer('stock', 'compensate', 'completed')
      order.answer('payment', 'compensate', 'completed', { payment: { status: 'voided' } })
    },
  ],
  [withApproval, (order) => order.decides('approval', false)],
  [
    usual,
    (order) => {
      order.movesDeadline('stock', new Date(order.clock() + 60_000).toISOString())
      refuses(order, 'stock', because('out_of_stock', 'TEAPOT: 1 of 2 is available'))
    },
  ],
  [
    withGrace,
    (order) => {
      completes(order, 'stock')
      refuses(order, 'payment', {
        payment: { status: 'declined' },
        ...because('card_declined', 'The card was declined'),
      })
      order.paysWith('pm_card_mastercard')
    },
  ],
  [
    usual,
    (order) => {
      confirm(order)
      order.cancels()
      order.answer('shipping', 'compensate', 'completed', { shipment: { status: 'cancelled' } })
      order.answer('stock', 'compensate', 'completed')
      order.answer('payment', 'compensate', 'completed', { payment: { status: 'voided' } })
    },
  ],
  [
    usual,
    (order) => {
      confirm(order)
      order.cancels()
      order.parcel('dispatched', { trackingNumber: 'SIM1' })
      order.answer('shipping', 'compensate', 'undoRefused', because('on_its_way', 'The carrier has it'))
    },
  ],
  [
    usual,
    (order) => {
      completes(order, 'payment', authorized)
      order.waits() // stock's deadline
      outwait(order) // nobody answers the undo
      order.doesByHand('payment')
      order.approves(1)
      order.retries('stock')
    },
  ],
]

function orderEvents(): readonly OrderEvent[] {
  const driven = orders.map(([plan, happens]) => {
    const order = drive(plan)
    happens(order)
    return order
  })
  const lost = drive(usual)
  const at = new Date(lost.clock() + 60_000).toISOString()
  const { events } = resumed(lost.saga(), {
    undo: false,
    note: 'The workflow was lost',
    by: operator,
    at,
    asksAgain: true,
  })
  return [...driven.flatMap((order) => order.events), ...events]
}

function returnEvents(): readonly OrderEvent[] {
  const cup = { sku: sku('CUP'), quantity: 1 }
  const refunded = { payment: { status: 'refunded', refunded: { amountMinor: 500, currency: 'EUR' } } }
  const whole = driveReturns()
  whole.requests([cup])
  whole.decides(1, true)
  whole.receives(1)
  whole.answer(1, 'restock', 'rejected', because('unknown_sku', 'CUP is not in the catalogue'))
  whole.answer(1, 'refund', 'rejected', because('refund_failed', 'The card is closed'))
  whole.settles(1)
  const refused = driveReturns()
  refused.requests([cup])
  refused.decides(1, false)
  const silent = driveReturns()
  silent.refunds(500)
  for (let patience = 4; patience > 0 && !silent.events.some(isAttention); patience -= 1) silent.waits()
  silent.retries(1)
  silent.answer(1, 'refund', 'completed', refunded)
  return [whole, refused, silent].flatMap(({ events }) => events)
}

const isAttention = ({ type }: OrderEvent): boolean => type === 'return.needs_attention'

const level = {
  sku: 'TEAPOT',
  version: 7,
  available: 3,
  reserved: 2,
  onHand: 5,
  cause: '0d8f3c52-6a52-4a0e-9c7e-3f1f1b0a5d11:stock:perform:1',
  occurredAt: '2030-01-01T10:00:00.001Z',
}

/** Every event of the invented orders, returns and levels. */
export function inventedMessages(): readonly EventMessage[] {
  const events = [...orderEvents(), ...returnEvents()].map((event) => toMessage({ ...event, traceparent }))
  const levels = [
    toStockMessage({ type: 'stock.level_changed', data: level }),
    toStockMessage({ type: 'stock.low', data: { ...level, threshold: 5 } }),
  ]
  return [...events, ...levels]
}

const typeOf = ({ headers }: EventMessage): string => headers['ce_type'] ?? ''

/** The first event of each type, by the name of its schema's file. */
export function makeGolden(): ReadonlyMap<string, Golden> {
  const messages = inventedMessages()
  const firsts = messages.filter((one, at) => messages.findIndex((other) => typeOf(other) === typeOf(one)) === at)
  return new Map(
    firsts.map(({ key, headers, value }) => {
      const file = (headers['ce_dataschema'] ?? '').replace('/schemas/', '')
      return [file, { key, headers, data: JSON.parse(value) as unknown }]
    }),
  )
}
