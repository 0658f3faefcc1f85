import type { Kysely } from 'kysely'
import { type Breaker, type BreakerRules, coolDownMs, gateOf, hopelessAfterMs } from '../../domain/webhooks/breaker.ts'
import { closed } from './endpoints.ts'
import type { EndpointTable, WebhookTables } from './tables.ts'

type Database = Kysely<WebhookTables>

export type BreakerRow = Pick<EndpointTable, 'disabled_by' | 'opened_at' | 'probe_at'> & {
  readonly failures: number
  readonly probes: number
}

export const breakerOf = ({ failures, opened_at, probe_at, probes }: Omit<BreakerRow, 'disabled_by'>): Breaker => ({
  failures,
  openedAt: opened_at,
  probeAt: probe_at,
  probes,
})

/**
 * Whether a delivery may go out now. While the breaker is open one of those that come after `probe_at` may, and takes
 * the next hour or so for itself by the same statement.
 * @returns 0, or how long to wait.
 */
export async function askCircuit(
  database: Database,
  id: string,
  row: BreakerRow,
  rules: BreakerRules,
): Promise<number> {
  const now = new Date()
  const gate = gateOf(breakerOf(row), now)
  if (gate.kind === 'pass') return 0
  if (gate.kind === 'wait') return gate.ms
  const restMs = coolDownMs(row.probes + 1, rules)
  const { numUpdatedRows } = await database
    .updateTable('endpoint')
    .set((eb) => ({ probe_at: new Date(now.getTime() + restMs), probes: eb('probes', '+', 1) }))
    .where('id', '=', id)
    .where('probes', '=', row.probes)
    .where('opened_at', 'is not', null)
    .where('probe_at', '<=', now)
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n ? 0 : restMs
}

/** Somebody answered there: whatever was counted is forgotten. */
export async function closeCircuit(database: Database, id: string): Promise<void> {
  await database
    .updateTable('endpoint')
    .set(closed)
    .where('id', '=', id)
    .where((eb) => eb.or([eb('failures', '>', 0), eb('opened_at', 'is not', null)]))
    .execute()
}

/** Counts a failure; opens the breaker when there are too many in a row, and gives the endpoint up after a day. */
export async function countFailure(database: Database, id: string, rules: BreakerRules): Promise<void> {
  const now = new Date()
  await database
    .updateTable('endpoint')
    .set((eb) => ({ failures: eb('failures', '+', 1) }))
    .where('id', '=', id)
    .execute()
  await database
    .updateTable('endpoint')
    .set({ opened_at: now, probe_at: new Date(now.getTime() + coolDownMs(0, rules)), probes: 0 })
    .where('id', '=', id)
    .where('failures', '>=', rules.mostFailures)
    .where('opened_at', 'is', null)
    .execute()
  await database
    .updateTable('endpoint')
    .set({ disabled_by: 'failing', disabled_at: now })
    .where('id', '=', id)
    .where('opened_at', '<=', new Date(now.getTime() - hopelessAfterMs(rules)))
    .where('disabled_by', 'is', null)
    .execute()
}

export async function disableGone(database: Database, id: string): Promise<void> {
  await database
    .updateTable('endpoint')
    .set({ disabled_by: 'gone', disabled_at: new Date() })
    .where('id', '=', id)
    .where('disabled_by', 'is', null)
    .execute()
}
