import type { Kysely } from 'kysely'
import { listLetters, actsOnAll, wholeLetters } from '../../workers/projection/dead-letters/queries.ts'
import type { OrdersTables } from '../../workers/projection/tables.ts'
import { wholeLetterDocument } from '../dead-letters/document.ts'
import { listAuditAbout } from '../identity/audit-log.ts'
import type { IdentityTables } from '../identity/tables.ts'
import type { ClockItem } from './item.ts'

export const mostLetters = 50
export const mostActs = 500

/** Messages about the order that services could not process, and what staff did about each. */
export async function readLetters(orders: Kysely<OrdersTables>, orderId: string): Promise<readonly ClockItem[]> {
  const ids = (await listLetters(orders, { orderId }, mostLetters)).map(({ id }) => id)
  if (ids.length === 0) return []
  const [letters, acts] = await Promise.all([wholeLetters(orders, ids), actsOnAll(orders, ids)])
  return letters.flatMap((row) => {
    const { acts: done, ...letter } = wholeLetterDocument(row, acts.filter(({ letter_id: id }) => id === row.id)) // prettier-ignore
    const names = { letterId: letter.id, ...(letter.eventId !== null && { eventId: letter.eventId }) }
    return [
      {
        at: letter.failedAt,
        source: 'deadLetter' as const,
        what: `${letter.group} gave up ${letter.type ?? 'a message'} (${letter.cause}), now ${letter.state}`,
        ids: names,
        raw: letter,
      },
      ...done.map((act) => ({
        at: act.at,
        source: 'deadLetter' as const,
        what: `${act.kind} for ${letter.group} by ${act.by.kind}: ${act.reason}`,
        ids: { ...names, actorId: act.by.id },
        raw: act,
      })),
    ]
  })
}

/** What staff and programs did to the order or tried to. From where they did it, admins alone are told. */
export async function readActs(
  identity: Kysely<IdentityTables>,
  orderId: string,
  isAdmin: boolean,
): Promise<readonly ClockItem[]> {
  const lines = await listAuditAbout(identity, orderId, mostActs)
  return lines.map(({ address, ...line }) => ({
    at: line.at,
    source: 'act' as const,
    what: `${line.action} by ${line.actor.kind}${line.outcome === 'done' ? '' : `: ${line.outcome}`}`,
    ids: { auditLine: line.id, actorId: line.actor.id, requestId: line.requestId },
    raw: isAdmin ? { ...line, address } : line,
  }))
}
