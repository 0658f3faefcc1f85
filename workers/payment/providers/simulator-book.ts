import { createHash } from 'node:crypto'
import { type Kysely, sql } from 'kysely'
import type { Authorization, AuthorizeRequest } from '../provider.ts'
import type { PaymentTables, SimulatedPaymentTable } from '../tables.ts'
import { behaviourOf } from './simulator-methods.ts'

export type Book = Kysely<PaymentTables>
export type BookRow = Pick<SimulatedPaymentTable, 'state' | 'reference' | 'method'>

/** From pending to settled, for payments and refunds alike. */
export const settlesAfterMs = 500

export const find = (book: Book, key: string): Promise<BookRow | undefined> =>
  book
    .selectFrom('simulated_payment')
    .select(['state', 'reference', 'method'])
    .where('key', '=', key)
    .executeTakeFirst()

/** Enters the payment; one that is there stays as it is. @returns what is there now. */
export async function enter(book: Book, key: string, { amount, method, orderId }: AuthorizeRequest): Promise<BookRow> {
  const { decline, answers } = behaviourOf(method)
  const end = decline ? ('declined' as const) : ('authorized' as const)
  const row = {
    key,
    reference: referenceOf('pi', key),
    state: answers === 'byWebhook' ? ('pending' as const) : end,
    decline_code: decline?.code ?? null,
    method,
    amount_minor: amount.amountMinor,
    currency: amount.currency,
  }
  const insert = (into: Book) => into.insertInto('simulated_payment').ignore().values(row).executeTakeFirstOrThrow()
  const { numInsertedOrUpdatedRows } =
    row.state === 'pending'
      ? await book.transaction().execute(async (tx) => {
          await planEnd(tx, row, end, orderId)
          return insert(tx)
        })
      : await insert(book)
  return numInsertedOrUpdatedRows === 1n ? row : ((await find(book, key)) ?? row)
}

/** A payment that is pending has its end written down. */
async function planEnd(
  book: Book,
  { key, reference }: { readonly key: string; readonly reference: string },
  becomes: 'authorized' | 'declined',
  orderId: string,
): Promise<void> {
  const now = Date.now()
  const id = referenceOf('evt', key)
  const type = `payment.${becomes}`
  const body = JSON.stringify({ id, type, created: Math.floor(now / 1000), data: { key, reference, orderId } })
  const row = { id, payment_key: key, becomes, body, due_at: new Date(now + settlesAfterMs), sent_at: null }
  await book.insertInto('simulated_webhook').ignore().values(row).execute()
}

/** Counts the calls under a key. @returns how many there were, this one included. */
export async function countCall(book: Book, key: string): Promise<number> {
  await book
    .insertInto('simulated_call')
    .values({ key, calls: 1 })
    .onDuplicateKeyUpdate({ calls: sql`calls + 1` })
    .execute()
  const { calls } = await book
    .selectFrom('simulated_call')
    .select('calls')
    .where('key', '=', key)
    .executeTakeFirstOrThrow()
  return calls
}

export function authorizationOf({ state, reference, method }: BookRow): Authorization {
  switch (state) {
    case 'pending':
      return { state }
    case 'authorized':
    case 'captured':
      return { state: 'authorized', reference }
    case 'voided':
      return { state: 'declined', code: 'voided', message: 'The payment was voided before.' }
    case 'declined':
      return { state, ...(behaviourOf(method).decline ?? { code: 'declined', message: 'Declined.' }) }
  }
}

export const referenceOf = (kind: 'pi' | 're' | 'evt', key: string): string =>
  `${kind}_sim_${createHash('sha256').update(key).digest('base64url').slice(0, 20).replaceAll(/[-_]/g, '0')}`
