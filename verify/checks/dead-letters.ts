import { listLetters } from '../../workers/projection/dead-letters/queries.ts'
import type { Invariant } from '../invariant.ts'

/** More would be told by its cause, not by its letters. */
const most = 500

export const deadLetters: Invariant = {
  name: 'dead letters',
  asks: 'Has somebody decided on every dead letter?',
  ofOrders: true,
  async check({ orders, orderId }) {
    const { count } = await orders
      .selectFrom('dead_letter')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .$if(orderId !== undefined, (query) => query.where('order_id', '=', orderId ?? ''))
      .executeTakeFirstOrThrow()
    const open = await listLetters(orders, { state: 'open', orderId }, most)
    return {
      looked: Number(count),
      findings: open.map(({ id, order_id, type, cause, message }) => ({
        subject: id,
        ...(order_id !== null && { orderId: order_id }),
        difference: `${type ?? 'a message'} is open: ${cause} ${message}`,
        repair: `POST /v1/admin/dead-letters/${id}/redrive, or .../discard, with {"reason":"..."}`,
      })),
    }
  },
}
