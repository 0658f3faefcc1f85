import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, inject, it, vi } from 'vitest'
import type { Role } from '../api/identity/tables.ts'
import { type Json, type Person, send, signIn, signInAdmin } from './support/shop.ts'

const apiUrl = inject('apiUrl')
let admin: Person
beforeAll(async () => {
  admin = await signInAdmin(apiUrl)
})

type Session = { readonly user: { readonly id: string; readonly role: Role }; readonly accessToken: string }
type Live = { readonly id: string; readonly current: boolean; readonly userAgent: string; readonly address: string }
type Line = { readonly action: string; readonly outcome: string; readonly detail: Json }

const post = <Body = Json>(path: string, body?: unknown, headers?: Record<string, string>) =>
  send<Body>(`${apiUrl}${path}`, 'POST', body, headers)
const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
const refresh = (cookie: string) => post<Session & { code?: string }>('/v1/auth/refresh', undefined, { cookie })
const cookieOf = ({ headers }: { headers: Headers }): string => headers.getSetCookie()[0]?.split(';')[0] ?? ''

const newPerson = () => ({ email: `${randomUUID()}@shop.test`, password: `pass-${randomUUID()}`, name: 'Ada Example' })

/** One device of somebody: what its browser holds. */
async function device(path: string, account: Json, userAgent = 'test') {
  const answer = await post<Session>(path, account, { 'user-agent': userAgent })
  const { user, accessToken: token } = answer.body
  const call = <Body = Json>(method: string, at: string, body?: unknown) =>
    send<Body>(`${apiUrl}${at}`, method, body, bearer(token))
  return { status: answer.status, id: user?.id ?? '', cookie: cookieOf(answer), token, call }
}
async function registered() {
  const account = newPerson()
  return { account, first: await device('/v1/auth/register', account) }
}
const login = ({ email, password }: { email: string; password: string }, userAgent?: string) =>
  device('/v1/auth/login', { email, password }, userAgent)

const audited = async (target: string): Promise<readonly Line[]> =>
  (await admin.call<{ items: readonly Line[] }>('GET', `/v1/admin/audit?target=${target}&limit=100`)).body.items
const actionsOf = async (target: string) => (await audited(target)).map(({ action, outcome }) => `${action} ${outcome}`)

describe('sessions', () => {
  it('are listed with the one in use marked, and end one by one', async () => {
    const { account, first } = await registered()
    const second = await login(account, 'x'.repeat(300))
    const list = await second.call<{ items: readonly Live[] }>('GET', '/v1/me/sessions')
    expect(list.body.items).toHaveLength(2)
    expect(list.body.items.filter(({ current }) => current)).toHaveLength(1)
    expect(list.body.items.find(({ current }) => current)?.userAgent).toBe('x'.repeat(200))
    const other = list.body.items.find(({ current }) => !current)
    expect(other).toMatchObject({ userAgent: 'test', address: '127.0.0.1' })
    expect((await second.call('DELETE', `/v1/me/sessions/${other?.id}`)).status).toBe(204)
    expect((await second.call('DELETE', `/v1/me/sessions/${other?.id}`)).status).toBe(404)
    expect(await refresh(first.cookie)).toMatchObject({ status: 401, body: { code: 'invalid_refresh_token' } })
    expect((await refresh(second.cookie)).status).toBe(200)
  })

  it('keep their id over a refresh', async () => {
    const { first } = await registered()
    const renewed = (await refresh(first.cookie)).body.accessToken
    const { body } = await send<{ items: readonly Live[] }>(
      `${apiUrl}/v1/me/sessions`,
      'GET',
      undefined,
      bearer(renewed),
    )
    expect(body.items.map(({ current }) => current)).toEqual([true])
  })

  it('of somebody else are not there', async () => {
    const [kim, eve] = [await registered(), await registered()]
    const { body } = await kim.first.call<{ items: readonly Live[] }>('GET', '/v1/me/sessions')
    expect((await eve.first.call('DELETE', `/v1/me/sessions/${body.items[0]?.id}`)).status).toBe(404)
    expect((await refresh(kim.first.cookie)).status).toBe(200)
  })

  it('end all at once', async () => {
    const { account, first } = await registered()
    const second = await login(account)
    const answer = await send(`${apiUrl}/v1/auth/logout-everywhere`, 'POST', undefined, bearer(first.token))
    expect([answer.status, cookieOf(answer)]).toEqual([204, '__Host-refresh='])
    for (const { cookie } of [first, second]) expect((await refresh(cookie)).status).toBe(401)
    expect(await actionsOf(first.id)).toEqual(['logout.everywhere done', 'login done', 'register done'])
  })
})

describe('one’s own account', () => {
  it('gets another name', async () => {
    const { first } = await registered()
    expect((await first.call('PATCH', '/v1/me', { name: '' })).status).toBe(422)
    expect((await first.call('PATCH', '/v1/me', { name: 'Kim', role: 'admin' })).status).toBe(422)
    expect((await first.call('PATCH', '/v1/me', { name: 'Kim' })).body).toMatchObject({ name: 'Kim', role: 'customer' })
    expect((await first.call('GET', '/v1/me')).body).toMatchObject({ name: 'Kim' })
  })

  it('gets another password from who knows the old one, which ends the other sessions', async () => {
    const { account, first } = await registered()
    const second = await login(account)
    const change = (currentPassword: string) =>
      second.call('POST', '/v1/me/password', { currentPassword, newPassword: 'another good one' })
    expect(await change('wrong')).toMatchObject({
      status: 422,
      body: { code: 'wrong_password', errors: [{ pointer: '/currentPassword', code: 'wrong_password' }] },
    })
    expect((await change(account.password)).status).toBe(204)
    expect((await login(account)).status).toBe(401)
    expect((await login({ ...account, password: 'another good one' })).status).toBe(200)
    expect((await refresh(first.cookie)).status).toBe(401)
    expect((await refresh(second.cookie)).status).toBe(200)
    expect((await actionsOf(first.id)).toReversed().slice(2)).toEqual([
      'password.changed refused',
      'password.changed done',
      'login.refused refused',
      'login done',
    ])
  })
})

type Mail = { readonly to: string; readonly text: string; readonly html: string; readonly state: string }

/** The newest first, as soon as there are so many. */
const mailsTo = (email: string, count: number): Promise<readonly Mail[]> =>
  vi.waitFor(
    async () => {
      const { body } = await admin.call<{ items: readonly Mail[] }>('GET', '/v1/admin/mailbox?limit=100')
      const mails = body.items.filter(({ to }) => to === email)
      expect(mails.map(({ state }) => state)).toEqual(Array.from({ length: count }, () => 'sent'))
      return mails
    },
    { timeout: 30_000, interval: 100 },
  )
const tokenIn = (mail: Mail | undefined): string => /#token=([\w-]{43})/.exec(mail?.text ?? '')?.[1] ?? ''

describe('a forgotten password', () => {
  const ask = (email: string) => post('/v1/auth/forgotten-password', { email })
  const reset = (token: string, newPassword = 'a new good one') =>
    post<{ code?: string }>('/v1/auth/reset-password', { token, newPassword })

  it('is set anew by the link of the newest mail, once, and every session ends', async () => {
    const { account, first } = await registered()
    expect((await ask(account.email)).status).toBe(202)
    expect((await ask(account.email.toUpperCase())).status).toBe(202)
    const [newest, older] = await mailsTo(account.email, 2)
    expect(newest?.text).toContain(`${apiUrl}/reset-password#token=`)
    expect(newest?.html).toContain(tokenIn(newest))
    expect(await reset(tokenIn(older))).toMatchObject({ status: 410, body: { code: 'invalid_reset_token' } })
    expect((await reset(tokenIn(newest), 'password')).status).toBe(422)
    expect((await reset(tokenIn(newest))).status).toBe(204)
    expect((await reset(tokenIn(newest))).status).toBe(410)
    expect((await refresh(first.cookie)).status).toBe(401)
    expect((await login(account)).status).toBe(401)
    expect((await login({ ...account, password: 'a new good one' })).status).toBe(200)
    expect(await actionsOf(first.id)).toEqual(
      expect.arrayContaining(['password.reset.asked done', 'password.reset done', 'login.refused refused']),
    )
    const [told] = await mailsTo(account.email, 3)
    expect(told?.text).not.toContain('#token=')
  })

  it('of two uses at once lets one win', async () => {
    const { account } = await registered()
    await ask(account.email)
    const [mail] = await mailsTo(account.email, 1)
    const answers = await Promise.all(['one of the two', 'two of the two'].map((one) => reset(tokenIn(mail), one)))
    expect(answers.map(({ status }) => `${status}`).toSorted()).toEqual(['204', '410'])
  })

  it('is answered alike where nobody has the address, and mails nobody', async () => {
    const { account, first } = await registered()
    const [there, nowhere] = [await ask(account.email), await ask(newPerson().email)]
    expect([nowhere.status, nowhere.body]).toEqual([there.status, there.body])
    await mailsTo(account.email, 1)
    expect((await admin.call('PATCH', `/v1/admin/accounts/${first.id}`, { disabled: true })).status).toBe(200)
    expect((await ask(account.email)).status).toBe(202)
    const [mail] = await mailsTo(account.email, 1)
    expect((await reset(tokenIn(mail))).status).toBe(410)
  })
})

describe('accounts, for admins', () => {
  type Row = { readonly id: string; readonly role: Role; readonly disabled: boolean; readonly liveSessions?: number }
  const list = async (query: string) =>
    (await admin.call<{ items: readonly Row[]; nextCursor: string | null }>('GET', `/v1/admin/accounts?${query}`)).body

  it('are found by how address or name begins, by role, and page by page', async () => {
    const mark = randomUUID().slice(0, 8)
    const made = []
    for (const name of [`${mark} One`, `${mark} Two`, `${mark}%`]) {
      made.push((await device('/v1/auth/register', { ...newPerson(), name })).id)
    }
    const all = await list(`q=${mark}&role=customer&limit=2`)
    const rest = await list(`q=${mark}&limit=2&cursor=${all.nextCursor}`)
    expect([...all.items, ...rest.items].map(({ id }) => id)).toEqual(made.toReversed())
    expect(rest.nextCursor).toBe(null)
    expect((await list(`q=${mark}&role=support`)).items).toEqual([])
    expect((await list(`q=${mark}%25`)).items.map(({ id }) => id)).toEqual([made[2]])
    expect(Object.keys(all.items[0] ?? {}).toSorted()).toEqual(
      ['createdAt', 'disabled', 'email', 'id', 'name', 'role'].toSorted(),
    )
  })

  it('can be disabled, which ends sessions and lets nobody in', async () => {
    const { account, first } = await registered()
    const path = `/v1/admin/accounts/${first.id}`
    expect((await admin.call<Row>('GET', path)).body.liveSessions).toBe(1)
    expect((await admin.call<Row>('PATCH', path, { disabled: true })).body).toMatchObject({ disabled: true })
    expect((await admin.call<Row>('GET', path)).body.liveSessions).toBe(0)
    expect((await refresh(first.cookie)).status).toBe(401)
    expect((await login(account)).status).toBe(401)
    expect((await admin.call('PATCH', path, { disabled: false })).status).toBe(200)
    expect((await refresh(first.cookie)).status).toBe(401)
    expect((await login(account)).status).toBe(200)
    expect((await audited(first.id)).map(({ action, detail }) => [action, detail['disabled']])).toContainEqual([
      'PATCH /v1/admin/accounts/:id',
      true,
    ])
  })

  it('get another role, and the sessions with the old one end, access tokens of staff at once', async () => {
    const { account, first } = await registered()
    const path = `/v1/admin/accounts/${first.id}`
    expect((await admin.call('PATCH', path, { role: 'support' })).status).toBe(200)
    expect((await refresh(first.cookie)).status).toBe(401)
    const staff = await login(account)
    expect((await staff.call('GET', '/v1/admin/returns')).status).toBe(200)
    for (const [method, at] of [
      ['GET', '/v1/admin/accounts'],
      ['PATCH', path],
      ['DELETE', `${path}/sessions`],
      ['GET', '/v1/admin/mailbox'],
    ] as const) {
      expect([at, (await staff.call(method, at, method === 'PATCH' ? { role: 'admin' } : undefined)).status]).toEqual([
        at,
        403,
      ])
    }
    expect((await admin.call('DELETE', `${path}/sessions`)).status).toBe(204)
    expect((await staff.call('GET', '/v1/admin/returns')).status).toBe(401)
    expect((await refresh(staff.cookie)).status).toBe(401)
    const again = await login(account)
    expect((await admin.call('PATCH', path, { role: 'customer' })).status).toBe(200)
    expect((await again.call('GET', '/v1/admin/returns')).status).toBe(401)
  })

  it('can’t be one’s own, and have to exist', async () => {
    const change = (id: string, body: unknown) => admin.call('PATCH', `/v1/admin/accounts/${id}`, body)
    expect(await change(admin.id, { role: 'customer' })).toMatchObject({ status: 409, body: { code: 'own_account' } })
    expect((await change(randomUUID(), { role: 'customer' })).status).toBe(404)
    expect((await change(randomUUID(), {})).status).toBe(422)
    expect((await admin.call('DELETE', `/v1/admin/accounts/${randomUUID()}/sessions`)).status).toBe(404)
    expect((await signIn(apiUrl, 'admin@demo.test', 'admin-demo-1')).id).toBe(admin.id)
  })
})
