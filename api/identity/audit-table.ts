import type { Generated } from 'kysely'

/** Who did or tried what, and from where. Rows are added, never changed: no statement of ours updates or deletes one. */
export type AuditTable = {
  id: Generated<string>
  at: Date
  /** A word with a dot for what everybody can do (`login.refused`), the route for what staff and programs do. */
  action: string
  actor_kind: string
  actor_id: string
  /** What it was done to: an order, an account, a SKU, a key. */
  target: string
  outcome: 'done' | 'refused' | 'failed'
  /** JSON: what was asked, without anything secret or personal. */
  detail: string
  address: string
  request_id: string
}

export const auditMigration = [
  `CREATE TABLE audit (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    at DATETIME(3) NOT NULL,
    action VARCHAR(120) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    actor_kind VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    actor_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    target VARCHAR(120) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    outcome VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    detail VARCHAR(2000) NOT NULL,
    address VARCHAR(45) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    request_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    KEY by_actor (actor_id, id),
    KEY by_target (target, id),
    KEY by_action (action, id)
  )`,
]
