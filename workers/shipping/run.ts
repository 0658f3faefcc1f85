import { type Kysely, sql, type Transaction } from 'kysely'
import type { ReceivedEvent } from '../../events/envelope.ts'
import { type Done, withSignal } from '../participant/runner.ts'
import type { RunnerTables } from '../participant/tables.ts'
import { insertTasks, type Task, taskKey } from '../participant/tasks.ts'
import type { Booking, Carrier } from './carrier.ts'
import type { ShipmentState, ShippingTables } from './tables.ts'

type Outcome = Done<ShippingTables>

/** What shipping does for each action. All calls about a parcel carry the key of its booking. */
export function makeShippingRun(database: Kysely<ShippingTables>, carrier: Carrier) {
  const bookingKey = (task: Task) => taskKey({ ...task, action: 'perform', round: 1 })

  async function book(task: Task, signal: AbortSignal): Promise<Outcome> {
    const before = await database
      .selectFrom('shipment')
      .select('state')
      .where('order_id', '=', task.orderId)
      .where('step', '=', task.step)
      .executeTakeFirst()
    if (before?.state === 'cancelled') return rejected('already_undone', 'The shipment was cancelled before')
    const booking = task.undoWaits
      ? await carrier.lookUp(bookingKey(task), signal)
      : await carrier.book(bookingKey(task), task.order.destination, signal)
    if (booking === undefined) return rejected('not_booked', 'The carrier has never heard of this parcel')
    return booked(task, booking)
  }

  function booked(task: Task, booking: Booking): Outcome {
    if (booking.state === 'refused') return rejected(booking.code, booking.message)
    const { trackingNumber } = booking
    return {
      answer: { outcome: 'completed', shipment: { status: 'booked', carrier: carrier.name, trackingNumber } },
      effect: (tx) => insertShipment(tx, task, 'booked', trackingNumber),
    }
  }

  async function cancel(task: Task, signal: AbortSignal): Promise<Outcome> {
    const recall = await carrier.cancel(bookingKey(task), signal)
    if (recall.state === 'refused') {
      const { code, message } = recall
      return { answer: { outcome: 'undoRefused', reason: { code, message } } }
    }
    return {
      answer: { outcome: 'completed', shipment: { status: 'cancelled' } },
      effect: async (tx) => {
        await insertShipment(tx, task, 'cancelled', null) // the tombstone, where nothing had been booked
        await tx
          .updateTable('shipment')
          .set({ state: 'cancelled' })
          .where('order_id', '=', task.orderId)
          .where('step', '=', task.step)
          .where('state', '!=', 'delivered')
          .execute()
      },
    }
  }

  async function dispatch(task: Task, signal: AbortSignal): Promise<Outcome> {
    await carrier.handOver(bookingKey(task), signal)
    return {}
  }

  async function insertShipment(
    tx: Transaction<ShippingTables>,
    { orderId, step }: Task,
    state: ShipmentState,
    trackingNumber: string | null,
  ): Promise<void> {
    const row = { order_id: orderId, step, state, carrier: carrier.name, tracking_number: trackingNumber }
    await tx.insertInto('shipment').ignore().values(row).execute()
  }

  return async (task: Task, signal: AbortSignal): Promise<Outcome> => {
    switch (task.action) {
      case 'perform':
        return withSignal(signal, book(task, signal))
      case 'compensate':
        return withSignal(signal, cancel(task, signal))
      case 'dispatch':
        return withSignal(signal, dispatch(task, signal))
      case 'commit':
      case 'restock':
      case 'refund':
      case 'capture':
        return rejected('not_supported', `shipping can't ${task.action}`)
    }
  }
}

const rejected = (code: string, message: string): Outcome => ({
  answer: { outcome: 'rejected', reason: { code, message } },
})

/**
 * The parcel leaves only after `order.confirmed`: every shipment of the order that is still booked is handed over.
 * @returns whether there is something to hand over once this is committed.
 */
export async function releaseConfirmed(
  tx: Transaction<ShippingTables>,
  events: readonly ReceivedEvent[],
): Promise<boolean> {
  const confirmed = new Map(
    events.filter(({ type }) => type === 'order.confirmed').map((event) => [event.orderId as string, event]),
  )
  if (confirmed.size === 0) return false
  const booked = tx
    .selectFrom('shipment as s')
    .innerJoin('task as t', (join) =>
      join.onRef('t.order_id', '=', 's.order_id').onRef('t.step', '=', 's.step').on('t.action', '=', 'perform'),
    )
    .where('s.order_id', 'in', [...confirmed.keys()])
    .where('s.state', '=', 'booked')
  const rows = await booked.select(['s.order_id', 's.step', 't.order_body']).execute()
  if (rows.length === 0) return false
  await tx
    .updateTable('shipment')
    .set({ state: 'released' })
    .where('state', '=', 'booked')
    .where(
      'order_id',
      'in',
      rows.map((row) => row.order_id),
    )
    .execute()
  const tasks = rows.map(({ order_id: orderId, step, order_body: order }) => ({
    orderId,
    step,
    action: 'dispatch' as const,
    round: 1,
    order,
    ask: null,
    sequence: confirmed.get(orderId)?.sequence ?? 0,
  }))
  return (await insertTasks(tx as unknown as Transaction<RunnerTables>, tasks)) > 0
}

/** A movement moves the shipment forward or not at all; delivered does not become dispatched. */
export async function moveShipment(
  tx: Transaction<ShippingTables>,
  orderId: string,
  step: string,
  to: 'dispatched' | 'delivered',
): Promise<boolean> {
  const from: ShipmentState[] = to === 'dispatched' ? ['booked', 'released'] : ['booked', 'released', 'dispatched']
  const { numUpdatedRows } = await tx
    .updateTable('shipment')
    .set({ state: to, updated_at: sql`CURRENT_TIMESTAMP(3)` })
    .where('order_id', '=', orderId)
    .where('step', '=', step)
    .where('state', 'in', from)
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}
