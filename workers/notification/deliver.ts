import type { Kysely } from 'kysely'
import type { Log } from '../../platform/log.ts'
import type { Mailer } from '../../platform/mail.ts'
import { headersOf, letterOf, messageIdOf } from './mails.ts'
import { postpone, settle } from './outbox.ts'
import type { Addressed } from './sort-out.ts'
import type { NotificationTables } from './tables.ts'
import { laterMs, mostAttempts, sendCause, sendVerdict } from './verdict.ts'

export type DeliverNeeds = {
  readonly database: Kysely<NotificationTables>
  /** Without one, messages stay in the mailbox that admins can read. */
  readonly mailer: Mailer | undefined
  readonly mailFrom: string
  readonly publicUrl: string
  readonly log: Log
}

/** @returns why nothing can be sent at all, or undefined: then this message is over or waits for its next try. */
export async function deliver(needs: DeliverNeeds, one: Addressed): Promise<string | undefined> {
  const { database, mailer, log } = needs
  if (mailer === undefined) {
    await settle(database, one, 'kept')
    return undefined
  }
  try {
    await mailer.send({
      to: one.email,
      ...letterOf({ ...one, publicUrl: needs.publicUrl }),
      messageId: messageIdOf(one.source, one.kind, needs.mailFrom),
      headers: headersOf(one.kind),
    })
  } catch (error) {
    const [verdict, cause] = [sendVerdict(error), sendCause(error)]
    const about = { message: `${one.source}/${one.kind}`, attempt: one.attempts, cause }
    if (verdict === 'outage') return cause
    if (verdict === 'refused' || one.attempts >= mostAttempts) {
      log.warn(about, 'a message was refused')
      await settle(database, one, verdict === 'refused' ? 'refused' : 'failed', cause)
    } else {
      log.info(about, 'a message has to wait')
      await postpone(database, one, laterMs(one.attempts), cause)
    }
    return undefined
  }
  await settle(database, one, 'sent')
  return undefined
}
