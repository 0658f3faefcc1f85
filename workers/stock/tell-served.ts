import type { Kysely } from 'kysely'
import type { Log } from '../../platform/log.ts'
import type { Signaller } from '../participant/signal.ts'
import { type Loop, startLoop } from './loop.ts'
import type { StockTables } from './tables.ts'
import { listServed, servedAnswer } from './waiting.ts'

type Teller = {
  readonly database: Kysely<StockTables>
  readonly signaller: Pick<Signaller, 'answered'>
  readonly log: Log
}

/**
 * Signals the orders whose turn in the queue came: an admin's delivery is booked by the API, another order's undo by any
 * worker. Apart from the participant's delivery, which would go through every answer that stock ever gave at once.
 */
export const startTelling = (teller: Teller): Loop =>
  startLoop({
    what: 'telling orders that they got their goods',
    everyMs: 1_000,
    restMs: 100,
    work: () => tellServed(teller),
    log: teller.log,
  })

const atOnce = 100

/** An order whose signal fails keeps its note. @returns whether there is more. */
export async function tellServed({ database, signaller, log }: Teller): Promise<boolean> {
  const notes = await listServed(database, atOnce)
  if (notes.length === 0) return false
  const told = await Promise.all(
    notes.map(async (note) => {
      try {
        await signaller.answered(note.order_id, servedAnswer(note))
        return [note]
      } catch (error) {
        log.warn({ err: error, orderId: note.order_id }, 'an order was not told that it has its goods; trying again')
        return []
      }
    }),
  )
  const done = told.flat()
  if (done.length === 0) return false
  await database
    .deleteFrom('served_order')
    .where((eb) => eb.or(done.map(({ order_id, step }) => eb.and({ order_id, step }))))
    .execute()
  return notes.length === atOnce
}
