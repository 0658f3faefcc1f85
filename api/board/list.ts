import { z } from '@hono/zod-openapi'
import type { Kysely } from 'kysely'
import { orderSaga } from '../../domain/steps/index.ts'
import { findDeadLettered } from '../../workers/projection/board.ts'
import { listOrders, type OrderFilter, type OrderRow, type Visible } from '../../workers/projection/queries.ts'
import type { OrdersTables } from '../../workers/projection/tables.ts'
import { customerWaits } from '../../workers/projection/waits.ts'
import type { Principal } from '../identity/access-token.ts'
import { invalid } from '../problem.ts'

/** Whom an order can wait for: the steps of new orders, and its customer. */
export const waitingForField = z.enum([...orderSaga.flat().map(({ name }) => name), customerWaits])

export const secondsField = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, 'Has to be a whole number')
    .transform(Number)
    .pipe(z.int().min(least).max(most))
    .openapi({ type: 'integer', minimum: least, maximum: most })

/** A year; who waits longer waits for ever. */
export const longestWait = 366 * 86_400

const flag = z.enum(['true', 'false']).transform((value) => value === 'true')

/** Nobody reads further: there is too much to do then. Counts and lists stop at the same number. */
export const mostCounted = 1000

/** What the board looks for, beside what everybody may look for. */
export const boardFilter = {
  waitingFor: waitingForField
    .optional()
    .openapi({ description: 'For staff: orders whose saga waits for this step now, or for the customer' }),
  waitingLongerThan: secondsField(0, longestWait).optional().openapi({
    description: 'For staff: seconds for which it has been waiting, for anybody, without a break',
    example: 300,
  }),
  compensating: flag
    .optional()
    .openapi({ type: 'boolean', description: 'For staff: `true`: what is being undone, cancelled or failed' }),
  deadLettered: flag.optional().openapi({
    type: 'boolean',
    description: `For staff: \`true\`: orders with an open dead letter; ${mostCounted} letters are looked at`,
  }),
} as const

type BoardFilter = {
  readonly waitingFor?: string | undefined
  readonly waitingLongerThan?: number | undefined
  readonly compensating?: boolean | undefined
  readonly deadLettered?: boolean | undefined
}

/** These look through the orders of all customers. */
export function expectStaff({ role }: Principal, filter: BoardFilter): void {
  if (role !== 'customer') return
  const given = Object.keys(boardFilter).filter((name) => Object.hasOwn(filter, name))
  if (given.length === 0) return
  throw invalid(given.map((name) => ({ pointer: `/query/${name}`, code: 'not_allowed', message: 'Is for staff' })))
}

const undoing = ['cancelling', 'failing'] as const

/** A page of orders as `listOrders` gives it, by what the board looks for too. */
export async function listBoard(
  database: Kysely<OrdersTables>,
  visible: Visible,
  { waitingLongerThan, compensating, deadLettered, ...filter }: OrderFilter & BoardFilter,
): Promise<readonly OrderRow[]> {
  const { status, ids } = filter
  if (compensating === true && status !== undefined) {
    throw invalid([{ pointer: '/query/status', code: 'not_combinable', message: 'Is said by `compensating`' }])
  }
  const letters = deadLettered === true ? new Set(await findDeadLettered(database, mostCounted)) : undefined
  const wanted = {
    ...filter,
    ids: letters === undefined ? ids : (ids?.filter((id) => letters.has(id)) ?? [...letters]),
    ...(waitingLongerThan !== undefined && { waitingSince: new Date(Date.now() - waitingLongerThan * 1000) }),
  }
  if (compensating !== true) return listOrders(database, visible, wanted)
  // each status is read in the order of its index
  const found = await Promise.all(undoing.map((one) => listOrders(database, visible, { ...wanted, status: one })))
  const byWait = filter.waitingFor !== undefined || waitingLongerThan !== undefined
  return found
    .flat()
    .toSorted(byWait ? longestFirst : newestFirst)
    .slice(0, filter.limit)
}

const newestFirst = (a: OrderRow, b: OrderRow): number =>
  Number(b.placed_at) - Number(a.placed_at) || (a.id < b.id ? 1 : -1)
const longestFirst = (a: OrderRow, b: OrderRow): number =>
  Number(a.waiting_since) - Number(b.waiting_since) || (a.id < b.id ? -1 : 1)
