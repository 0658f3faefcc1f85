import type { Kysely } from 'kysely'
import type { Log } from '../../platform/log.ts'
import type { Mailer } from '../../platform/mail.ts'
import { repeatUntil } from '../../platform/repeating.ts'
import { type Claimed, claimMails, deleteMail, markSent, postponeMail, tidyMails } from './mail-queue.ts'
import { deleteOldSessions } from './sessions.ts'
import type { IdentityTables } from './tables.ts'

type Needs = {
  readonly identity: Kysely<IdentityTables>
  /** Without one, mails stay where they are: in the mailbox. */
  readonly mailer: Mailer | undefined
  readonly log: Log
}

/** Longer than all of the mailer's own timeouts for a batch together. */
const batch = 5
const leaseMs = batch * 60_000
const tidyMs = 60_000

/** Sends what is due until it is stopped. Any number of processes may do this at once. @returns when the last is out. */
export async function sendMails(needs: Needs, stopping: AbortSignal): Promise<void> {
  let tidiedAt = 0
  await repeatUntil(stopping, {
    everyMs: 1_000,
    work: async () => {
      if (Date.now() - tidiedAt > tidyMs) {
        await tidy(needs)
        tidiedAt = Date.now()
      }
      return (await sendDue(needs, stopping)) === batch ? 0 : undefined
    },
    onFailure: (error) => needs.log.warn({ err: error }, 'mails could not be looked for; trying again'),
  })
}

/** @returns how many it had a try at. */
export async function sendDue(needs: Needs, stopping?: AbortSignal): Promise<number> {
  const claimed = await claimMails(needs.identity, leaseMs, batch)
  for (const one of claimed) {
    // the rest is due again when its lease is over
    if (stopping?.aborted === true) break
    await attempt(needs, one)
  }
  return claimed.length
}

async function attempt({ identity, mailer, log }: Needs, claimed: Claimed): Promise<void> {
  const { id, mail } = claimed
  if (mail.to === '') return deleteMail(identity, id)
  try {
    await mailer?.send(mail)
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'unknown'
    const delayMs = retryDelayMs(claimed.attempt)
    log.warn(
      { mailId: id, attempt: claimed.attempt, reason: reasonOf(error), delayMs },
      'a mail could not be sent; trying again',
    )
    return postponeMail(identity, claimed, delayMs, reason)
  }
  await markSent(identity, id, mailer === undefined)
}

/** 2 s, 4 s, 8 s and so on, 2 minutes at most. */
export const retryDelayMs = (attempt: number): number => Math.min(120_000, 1000 * 2 ** attempt)

/** For the process's log, where no address belongs: mail servers repeat it in their refusals. */
function reasonOf(error: unknown): string {
  const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : undefined
  return typeof code === 'string' ? code : 'unknown'
}

async function tidy({ identity }: Needs): Promise<void> {
  const now = new Date()
  await tidyMails(identity, now)
  await deleteOldSessions(identity, new Date(now.getTime() - 24 * 3600_000))
}
