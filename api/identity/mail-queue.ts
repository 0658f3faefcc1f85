import type { Kysely } from 'kysely'
import type { Mail } from '../../platform/mail.ts'
import type { Letter } from './mails.ts'
import type { IdentityTables } from './tables.ts'

type Database = Kysely<IdentityTables>

/** A mail that this process may send now, and nobody else until the lease is over. */
export type Claimed = { readonly id: string; readonly attempt: number; readonly mail: Mail }

export async function queueMail(
  database: Database,
  to: { readonly accountId: string; readonly email: string },
  { subject, text, html }: Letter,
  times: { readonly now: Date; readonly expiresAt: Date },
): Promise<void> {
  const { now, expiresAt } = times
  const dates = { queued_at: now, due_at: now, expires_at: expiresAt }
  await database
    .insertInto('mail')
    .values({ account_id: to.accountId, recipient: to.email, subject, body_text: text, body_html: html, ...dates })
    .execute()
}

/** The guarded update lets one of several processes have each try. A sender that dies leaves a lease that runs out. */
export async function claimMails(
  database: Database,
  leaseMs: number,
  limit: number,
  now = new Date(),
): Promise<readonly Claimed[]> {
  const due = await database
    .selectFrom('mail')
    .select(['id', 'recipient', 'subject', 'body_text', 'body_html', 'attempts'])
    .where('state', '=', 'waiting')
    .where('due_at', '<=', now)
    .where('expires_at', '>', now)
    .orderBy('due_at')
    .limit(limit)
    .execute()
  const claimed: Claimed[] = []
  for (const { id, attempts, recipient: to, subject, body_text: text, body_html: html } of due) {
    const { numUpdatedRows } = await database
      .updateTable('mail')
      .set({ attempts: attempts + 1, due_at: new Date(now.getTime() + leaseMs) })
      .where('id', '=', id)
      .where('state', '=', 'waiting')
      .where('attempts', '=', attempts)
      .executeTakeFirstOrThrow()
    if (numUpdatedRows === 1n)
      claimed.push({ id: String(id), attempt: attempts + 1, mail: { to, subject, text, html } })
  }
  return claimed
}

/** @param keepText only where the row is the mailbox: the text has the link. */
export async function markSent(database: Database, id: string, keepText: boolean): Promise<void> {
  await database
    .updateTable('mail')
    .set({ state: 'sent', sent_at: new Date(), last_error: null, ...(!keepText && { body_text: '', body_html: '' }) })
    .where('id', '=', id)
    .execute()
}

export async function postponeMail(
  database: Database,
  { id, attempt }: Claimed,
  delayMs: number,
  reason: string,
): Promise<void> {
  await database
    .updateTable('mail')
    .set({ due_at: new Date(Date.now() + delayMs), last_error: reason.slice(0, 500) })
    .where('id', '=', id)
    .where('state', '=', 'waiting')
    .where('attempts', '=', attempt)
    .execute()
}

/** What nobody is to receive: see password-reset.ts. */
export async function deleteMail(database: Database, id: string): Promise<void> {
  await database.deleteFrom('mail').where('id', '=', id).execute()
}

/** Mails whose link is dead are not sent any more; all are forgotten after 30 days. */
export async function tidyMails(database: Database, now = new Date()): Promise<void> {
  await database
    .updateTable('mail')
    .set({ state: 'given_up', body_text: '', body_html: '' })
    .where('state', '=', 'waiting')
    .where('expires_at', '<=', now)
    .execute()
  await database
    .deleteFrom('mail')
    .where('queued_at', '<', new Date(now.getTime() - 30 * 24 * 3600_000))
    .limit(500)
    .execute()
  await database.deleteFrom('password_reset').where('expires_at', '<=', now).execute()
}

/** Newest first. */
export async function listMails(database: Database, wanted: { readonly before?: string; readonly limit: number }) {
  return database
    .selectFrom('mail')
    .select(['id', 'recipient', 'subject', 'body_text', 'body_html', 'state', 'queued_at', 'sent_at'])
    .where('recipient', '!=', '')
    .$if(wanted.before !== undefined, (query) => query.where('id', '<', wanted.before ?? ''))
    .orderBy('id', 'desc')
    .limit(wanted.limit)
    .execute()
}

/** Which of these addresses belong to support or admins. */
export async function staffAmong(database: Database, emails: readonly string[]): Promise<ReadonlySet<string>> {
  if (emails.length === 0) return new Set()
  const rows = await database
    .selectFrom('account')
    .select('email')
    .where('email', 'in', emails)
    .where('role', '!=', 'customer')
    .execute()
  return new Set(rows.map(({ email }) => email))
}
