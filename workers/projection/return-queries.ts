import { type Kysely, type Selectable, sql } from 'kysely'
import type { ReturnStatus, ReturnView } from '../../domain/returns/view.ts'
import type { Visible } from './queries.ts'
import type { OrderReturnTable, OrdersTables } from './tables.ts'

type Database = Kysely<OrdersTables>

export type ReturnRow = Selectable<OrderReturnTable>

/** The returns of an order, first to last; none where the order is unknown or another customer's. */
export async function listReturnsOf(database: Database, id: string, visible: Visible): Promise<readonly ReturnView[]> {
  const query = database.selectFrom('order_return').select('body').where('order_id', '=', id).orderBy('number')
  const rows = await (visible === 'all' ? query : query.where('customer_id', '=', visible.of)).execute()
  return rows.map(({ body }) => body)
}

/** Returns stand newest first; a page begins after the last one of the page before it. */
export type ReturnPosition = { readonly requestedAt: Date; readonly orderId: string; readonly number: number }

/** Of all orders, for staff. */
export async function listReturns(
  database: Database,
  {
    status,
    after,
    limit,
  }: {
    readonly status?: ReturnStatus | undefined
    readonly after?: ReturnPosition | undefined
    readonly limit: number
  },
): Promise<readonly ReturnRow[]> {
  return database
    .selectFrom(returnsBy(status === undefined ? 'newest' : 'newest_by_status'))
    .selectAll()
    .$if(status !== undefined, (query) => query.where('status', '=', status ?? 'requested'))
    .$if(after !== undefined, (query) =>
      query.where((eb) => {
        const { requestedAt, orderId, number } = after ?? { requestedAt: new Date(0), orderId: '', number: 0 }
        return eb.and([
          eb('requested_at', '<=', requestedAt),
          eb.or([
            eb('requested_at', '<', requestedAt),
            eb('order_id', '<', orderId),
            eb.and([eb('order_id', '=', orderId), eb('number', '<', number)]),
          ]),
        ])
      }),
    )
    .orderBy('requested_at', 'desc')
    .orderBy('order_id', 'desc')
    .orderBy('number', 'desc')
    .limit(limit)
    .execute()
}

/** Names its index: left to itself the database walks over all returns of a status before a deep page begins. */
const returnsBy = (index: string) =>
  sql<OrderReturnTable>`order_return`.as<'order_return'>(sql`order_return FORCE INDEX (${sql.id(index)})`)
