import { Hono } from 'hono'
import { afterAll, describe, expect, it } from 'vitest'
import { readConfig } from '../platform/config.ts'
import { openDatabase } from '../platform/database.ts'
import type { Log } from '../platform/log.ts'
import { makeLog } from '../platform/log.ts'
import { type AuditEntry, auditActs, nobody, recordAudit } from './audit.ts'
import type { Env } from './env.ts'
import type { Principal } from './identity/access-token.ts'
import type { IdentityTables } from './identity/tables.ts'
import { traceOf } from './trace.ts'

// nothing listens on port 1: every line goes where a line goes that can't be stored
const identity = openDatabase<IdentityTables>(readConfig({ DATABASE_URL: 'mysql://root@127.0.0.1:1' }), 'identity')
afterAll(() => identity.destroy())

type Line = Readonly<Record<string, unknown>>

function makeLines() {
  const lines: Line[] = []
  const log: Log = makeLog({ LOG_LEVEL: 'silent' }, 'test')
  log.error = (told: { audit: Line }) => void lines.push(told.audit)
  return { lines, deps: { identity, log, proxies: 0 } }
}

const traceId = 'a'.repeat(32)

/** An invented API in which somebody does something. */
async function did(
  principal: Principal | undefined,
  method: string,
  path: string,
  status = 200,
): Promise<readonly Line[]> {
  const { lines, deps } = makeLines()
  const app = new Hono<Env>()
    .use((c, next) => {
      c.set('trace', traceOf(`00-${traceId}-${'b'.repeat(16)}-01`))
      return next()
    })
    .use(auditActs(deps))
    .use((c, next) => {
      if (principal) c.set('principal', principal)
      return next()
    })
    .all('/v1/things/:id/parts/:number', (c) => c.body(null, status as 200))
    .post('/v1/keys', (c) => {
      c.set('audited', { subject: 'key-1', asked: { note: 'for the till' } })
      return c.body(null, 201)
    })
  await app.request(path, { method })
  return lines
}

const admin: Principal = { id: 'a', role: 'admin' }
const customer: Principal = { id: 'c', role: 'customer' }
const program: Principal = { id: 'p', role: 'program', scopes: ['admin'] }
const part = '/v1/things/7/parts/2'

describe('a line is written', () => {
  it('of each act of staff, by its route, with what it was done to', async () => {
    expect(await did(admin, 'POST', part)).toMatchObject([
      {
        action: 'POST /v1/things/:id/parts/:number',
        actor_kind: 'admin',
        actor_id: 'a',
        target: '7/2',
        outcome: 'done',
        detail: '{"status":200}',
        address: 'local',
        request_id: traceId,
      },
    ])
  })

  it.each([
    ['a program does', program, 'DELETE', 204, 'done'],
    ['support does', { id: 's', role: 'support' } as const, 'PATCH', 200, 'done'],
    ['a rule refuses to staff', admin, 'POST', 409, 'refused'],
    ['fails on our side', admin, 'POST', 503, 'failed'],
    ['a role forbids to a customer, reading too', customer, 'GET', 403, 'refused'],
    ['a scope forbids to a program', program, 'GET', 403, 'refused'],
  ])('of what %s', async (_, principal, method, status, outcome) => {
    expect(await did(principal, method, part, status)).toMatchObject([{ actor_kind: principal.role, outcome }])
  })

  it('with what the handler adds', async () => {
    expect(await did(admin, 'POST', '/v1/keys')).toMatchObject([
      { target: 'key-1', detail: '{"status":201,"note":"for the till"}' },
    ])
  })
})

describe('no line is written', () => {
  it.each([
    ['reading', admin, 'GET', 200],
    ['what customers do with their own', customer, 'POST', 201],
    ['what a rule refuses to customers', customer, 'POST', 409],
    ['calls of nobody', undefined, 'POST', 401],
  ])('of %s', async (_, principal, method, status) => {
    expect(await did(principal, method, part, status)).toEqual([])
  })
})

describe('an entry', () => {
  async function recorded(entry: AuditEntry): Promise<Line | undefined> {
    const { lines, deps } = makeLines()
    const app = new Hono<Env>().get('/', async (c) => {
      c.set('trace', traceOf(undefined))
      await recordAudit(deps, c, entry)
      return c.body(null, 204)
    })
    // the request that it tells of is answered, though the line could not be stored
    expect((await app.request('/')).status).toBe(204)
    return lines[0]
  }

  it('of somebody who is not signed in says so', async () => {
    expect(await recorded({ action: 'login.refused', actor: nobody, outcome: 'refused' })).toMatchObject({
      actor_kind: 'nobody',
      actor_id: '-',
      target: '',
      outcome: 'refused',
      detail: '{}',
    })
  })

  it('fits its columns, whatever came with the request', async () => {
    const line = await recorded({
      action: 'x'.repeat(500),
      actor: { kind: 'program', id: 'i'.repeat(100) },
      target: `${'é\n'.repeat(200)}`,
      detail: { note: 'n'.repeat(5000) },
    })
    expect(line).toMatchObject({ action: 'x'.repeat(120), actor_id: 'i'.repeat(64), target: '?'.repeat(120) })
    expect(String(line?.['detail'])).toHaveLength(2000)
  })
})
