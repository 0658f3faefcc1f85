import type { Kysely, Selectable } from 'kysely'
import type { AuditTable } from './audit-table.ts'
import type { IdentityTables } from './tables.ts'

type Wanted = {
  readonly action?: string | undefined
  readonly actorId?: string | undefined
  readonly target?: string | undefined
  readonly outcome?: AuditTable['outcome'] | undefined
  /** Lines older than this one. */
  readonly before?: string | undefined
  readonly limit: number
}

/** Newest first. */
export async function listAudit(identity: Kysely<IdentityTables>, wanted: Wanted) {
  const rows = await identity
    .selectFrom('audit')
    .selectAll()
    .$if(wanted.action !== undefined, (query) => query.where('action', '=', wanted.action ?? ''))
    .$if(wanted.actorId !== undefined, (query) => query.where('actor_id', '=', wanted.actorId ?? ''))
    .$if(wanted.target !== undefined, (query) => query.where('target', '=', wanted.target ?? ''))
    .$if(wanted.outcome !== undefined, (query) => query.where('outcome', '=', wanted.outcome ?? 'done'))
    .$if(wanted.before !== undefined, (query) => query.where('id', '<', wanted.before ?? ''))
    .orderBy('id', 'desc')
    .limit(wanted.limit)
    .execute()
  return rows.map(lineOf)
}

/** What was done to an order or to what is part of it (`<order>/<number>`), first to last; the newest where cut. */
export async function listAuditAbout(identity: Kysely<IdentityTables>, orderId: string, limit: number) {
  const rows = await identity
    .selectFrom('audit')
    .selectAll()
    .where((eb) => eb.or([eb('target', '=', orderId), eb('target', 'like', `${orderId}/%`)]))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows.map(lineOf).toReversed()
}

const lineOf = ({ id, at, actor_kind, actor_id, detail, request_id, ...row }: Selectable<AuditTable>) => ({
  ...row,
  id: String(id),
  at: at.toISOString(),
  actor: { kind: actor_kind, id: actor_id },
  detail: readDetail(detail),
  requestId: request_id,
})

/** A detail that was too long is cut, and then no JSON any more. */
function readDetail(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>
  } catch {
    return { cut: text }
  }
}
