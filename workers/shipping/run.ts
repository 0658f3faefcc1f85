import type { Kysely, Transaction } from 'kysely'
import type { ReceivedEvent } from '../../events/envelope.ts'
import { type Done, withSignal } from '../participant/runner.ts'
import type { RunnerTables } from '../participant/tables.ts'
import { insertTasks, type Task, taskKey } from '../participant/tasks.ts'
import { asAddress, addressColumns } from './addresses.ts'
import type { Booking, Carrier } from './carrier.ts'
import type { ShipmentState, ShippingTables } from './tables.ts'

type Outcome = Done<ShippingTables>

/** What shipping does for each action. All calls about a parcel carry the key of its booking. */
export function makeShippingRun(database: Kysely<ShippingTables>, carrier: Carrier) {
  const bookingKey = (task: Task) => taskKey({ ...task, action: 'perform', round: 1 })

  async function book(task: Task, signal: AbortSignal): Promise<Outcome> {
    const known = await findAddressAndShipment(database, task)
    if (known?.state === 'cancelled') return rejected('already_undone', 'The shipment was cancelled before')
    // without an address nothing is begun, but what an earlier call began is not left behind
    const booking =
      known === undefined || task.undoWaits
        ? await carrier.lookUp(bookingKey(task), signal)
        : await carrier.book(bookingKey(task), known.address, signal)
    if (booking !== undefined) return booked(task, booking)
    if (known === undefined) return rejected('address_missing', 'The address was erased')
    return rejected('not_booked', 'The carrier has never heard of this parcel')
  }

  function booked(task: Task, booking: Booking): Outcome {
    if (booking.state === 'refused') return rejected(booking.code, booking.message)
    const { trackingNumber, labelUrl = null } = booking
    return {
      answer: { outcome: 'completed', shipment: { status: 'booked', carrier: carrier.name, trackingNumber } },
      effect: async (tx) => {
        const parcel = { carrier: carrier.name, tracking_number: trackingNumber, label_url: labelUrl }
        await insertShipment(tx, task, { state: 'booked', ...parcel })
      },
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
      effect: (tx) => rememberCancelled(tx, task, carrier.name),
    }
  }

  async function dispatch(task: Task, signal: AbortSignal): Promise<Outcome> {
    await carrier.handOver(bookingKey(task), signal)
    return {}
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

type ShipmentOf = Pick<Task, 'orderId' | 'step'>

async function insertShipment(
  tx: Transaction<ShippingTables>,
  { orderId, step }: ShipmentOf,
  shipment: {
    readonly state: ShipmentState
    readonly carrier: string
    readonly tracking_number: string | null
    readonly label_url: string | null
  },
): Promise<void> {
  await tx
    .insertInto('shipment')
    .ignore()
    .values({ order_id: orderId, step, ...shipment })
    .execute()
}

/** Leaves a tombstone where nothing had been booked: from then on nothing is. */
export async function rememberCancelled(
  tx: Transaction<ShippingTables>,
  shipment: ShipmentOf,
  carrier: string,
): Promise<void> {
  await insertShipment(tx, shipment, { state: 'cancelled', carrier, tracking_number: null, label_url: null })
  await tx
    .updateTable('shipment')
    .set({ state: 'cancelled' })
    .where('order_id', '=', shipment.orderId)
    .where('step', '=', shipment.step)
    .where('state', '!=', 'delivered')
    .execute()
}

/** Where the parcel goes, and what became of it before, in one statement; undefined once the address was erased. */
async function findAddressAndShipment(database: Kysely<ShippingTables>, { orderId, step, order }: Task) {
  const row = await database
    .selectFrom('address')
    .leftJoin('shipment', (join) => join.on('shipment.order_id', '=', orderId).on('shipment.step', '=', step))
    .select([...addressColumns, 'shipment.state'])
    .where('address.id', '=', order.addressId)
    .executeTakeFirst()
  return row && { address: asAddress(row), state: row.state }
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
    // redriven late, when the shipment is being cancelled: then it stays
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('task as undo')
            .select('undo.round')
            .whereRef('undo.order_id', '=', 's.order_id')
            .whereRef('undo.step', '=', 's.step')
            .where('undo.action', '=', 'compensate')
            .where('undo.state', '=', 'open'),
        ),
      ),
    )
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
    traceparent: confirmed.get(orderId)?.traceparent,
  }))
  return (await insertTasks(tx as unknown as Transaction<RunnerTables>, tasks)) > 0
}
