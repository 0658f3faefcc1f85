import type { Kysely } from 'kysely'
import type { IdentityTables } from './tables.ts'

type Line = {
  readonly action: string
  readonly actor: { readonly kind: 'command' | 'system'; readonly id: string }
  readonly target: string
  readonly detail?: Readonly<Record<string, unknown>>
}

/**
 * A line of the audit log for what no request asked for: a command, or a process by itself. Given the transaction of
 * the act, the two are stored together or not at all.
 */
export async function addAuditLine(database: Kysely<IdentityTables>, { action, actor, target, detail }: Line) {
  await database
    .insertInto('audit')
    .values({
      at: new Date(),
      action,
      actor_kind: actor.kind,
      actor_id: actor.id,
      target,
      outcome: 'done',
      detail: JSON.stringify(detail ?? {}),
      address: 'local',
      request_id: '-',
    })
    .execute()
}
