import { checkStock, type Disagreement } from '../../workers/stock/check.ts'
import type { Context } from '../context.ts'
import type { Finding, Invariant, Result } from '../invariant.ts'

export const stock: Invariant = {
  name: 'stock',
  asks: 'Is every SKU’s level the sum of its ledger?',
  ofOrders: false,
  check: (context) =>
    check(context, ({ sku, ...row }) => {
      if (row.available === row.ledgerAvailable && row.reserved === row.ledgerReserved && row.version === row.entries)
        return undefined
      return {
        subject: sku,
        difference: `level: ${row.available} available, ${row.reserved} reserved, version ${row.version}; ledger: ${row.ledgerAvailable}, ${row.ledgerReserved}, ${row.entries} entries`,
        repair: `Count it, and compare GET /v1/admin/products/${sku}/stock-ledger with who wrote to stock_level by hand; put the row back to the ledger’s sums, then POST /v1/products/${sku}/stock-adjustments`,
      }
    }),
}

export const reservations: Invariant = {
  name: 'reservations',
  asks: 'Is what is reserved what orders hold, and the queue what waits?',
  ofOrders: false,
  check: (context) =>
    check(context, ({ sku, reserved, held, backordered, waiting, queued }) => {
      if (reserved === held && backordered === waiting && backordered === queued) return undefined
      return {
        subject: sku,
        difference: `${reserved} reserved, reservations hold ${held}; ${backordered} backordered, ${waiting} wait, ${queued} in the queue`,
        repair: `Look for the reservation that changed: SELECT * FROM reservation JOIN reservation_line USING (order_id, step) WHERE sku = '${sku}' AND state IN ('held', 'waiting'); those of orders that are over are released by the sweep`,
      }
    }),
}

async function check({ stock: database }: Context, judge: (row: Disagreement) => Finding | undefined): Promise<Result> {
  const [{ count }, rows] = await Promise.all([
    database
      .selectFrom('stock_level')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow(),
    checkStock(database),
  ])
  return { looked: Number(count), findings: rows.flatMap((row) => judge(row) ?? []) }
}
