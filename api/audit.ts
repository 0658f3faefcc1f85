import type { Context } from 'hono'
import { createMiddleware } from 'hono/factory'
import { matchedRoutes } from 'hono/route'
import { clientAddress } from './client-address.ts'
import type { Deps } from './deps.ts'
import type { Env } from './env.ts'
import type { AuditTable } from './identity/audit-table.ts'
import { routeOf } from './route-of.ts'

type Needs = Pick<Deps, 'identity' | 'log' | 'proxies'>

export type AuditEntry = {
  readonly action: string
  readonly actor: { readonly kind: string; readonly id: string }
  readonly target?: string
  readonly outcome?: AuditTable['outcome']
  /** Nothing secret, nothing personal: the log outlives a customer's erasure. */
  readonly detail?: Readonly<Record<string, unknown>>
}

/** Somebody who is not signed in. */
export const nobody = { kind: 'nobody', id: '-' } as const

/**
 * Adds a line to the audit log. What it tells of has happened and is answered; so a line that can't be stored goes to
 * the process's log as a whole, for whoever runs this to add it.
 */
export async function recordAudit(
  { identity, log, proxies }: Needs,
  c: Context<Env>,
  entry: AuditEntry,
): Promise<void> {
  const row = {
    at: new Date(),
    action: entry.action.slice(0, 120),
    actor_kind: entry.actor.kind,
    actor_id: entry.actor.id.slice(0, 64),
    target: printable(entry.target ?? '').slice(0, 120),
    outcome: entry.outcome ?? ('done' as const),
    detail: JSON.stringify(entry.detail ?? {}).slice(0, 2000),
    address: printable(clientAddress(c, proxies)),
    request_id: c.var.trace.traceId,
  }
  try {
    await identity.insertInto('audit').values(row).execute()
  } catch (error) {
    log.error({ err: error, audit: row }, 'a line of the audit log could not be stored')
  }
}

const printable = (text: string): string => text.replaceAll(/[^\x20-\x7e]/g, '?')

/**
 * Records every act of staff and programs, done or refused, by its route; and whoever was refused for their role. What
 * people do to their own account is recorded where it is done.
 */
export const auditActs = (deps: Needs) =>
  createMiddleware<Env>(async (c, next) => {
    await next()
    const principal: Env['Variables']['principal'] | undefined = c.get('principal')
    if (principal === undefined) return
    const isAct = c.req.method !== 'GET' && c.req.method !== 'HEAD' && principal.role !== 'customer'
    const { status } = c.res
    if (!isAct && status !== 403) return
    const { asked, subject } = c.var.audited ?? {}
    await recordAudit(deps, c, {
      action: `${c.req.method} ${routeOf(matchedRoutes(c))}`,
      actor: { kind: principal.role, id: principal.id },
      target: subject ?? targetOf(c),
      outcome: status < 400 ? 'done' : status < 500 ? 'refused' : 'failed',
      detail: { status, ...asked },
    })
  })

/** Of a route's parameters, as they stand in the address: `/v1/admin/orders/:id/returns/:number` is `<id>/<number>`. */
const targetOf = (c: Context<Env>): string => {
  const pattern = routeOf(matchedRoutes(c)).split('/')
  const path = c.req.path.split('/')
  return path.filter((_, place) => pattern[place]?.startsWith(':')).join('/')
}
