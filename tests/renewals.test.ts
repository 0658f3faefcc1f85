import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, inject, it } from 'vitest'
import { type Person, send, signInAdmin } from './support/shop.ts'

const apiUrl = inject('apiUrl')
let admin: Person
beforeAll(async () => {
  admin = await signInAdmin(apiUrl)
})

const post = <Body>(path: string, body?: unknown, headers?: Record<string, string>) =>
  send<Body>(`${apiUrl}/v1/auth/${path}`, 'POST', body, headers)
const refresh = (cookie: string, key?: string) =>
  post('refresh', undefined, { cookie, ...(key !== undefined && { 'idempotency-key': key }) })
const cookieOf = ({ headers }: { headers: Headers }): string => headers.getSetCookie()[0]?.split(';')[0] ?? ''

async function registered() {
  const account = { email: `${randomUUID()}@shop.test`, password: `pass-${randomUUID()}`, name: 'Ada Example' }
  const answer = await post<{ readonly user: { readonly id: string } }>('register', account)
  return { id: answer.body.user.id, cookie: cookieOf(answer) }
}

async function actionsOf(target: string): Promise<readonly string[]> {
  type Lines = { readonly items: readonly { readonly action: string; readonly outcome: string }[] }
  const { body } = await admin.call<Lines>('GET', `/v1/admin/audit?target=${target}&limit=100`)
  return body.items.map(({ action, outcome }) => `${action} ${outcome}`)
}

describe('renewals of a session', () => {
  it('survive a lost answer: the key of the lost one gives another token, until one was used', async () => {
    const first = await registered()
    const key = randomUUID()
    const lost = cookieOf(await refresh(first.cookie, key))
    const others = await Promise.all([refresh(first.cookie, key), refresh(first.cookie, key)])
    expect(others.map(({ status }) => status)).toEqual([200, 200])
    const next = cookieOf(await refresh(lost, randomUUID()))
    expect((await refresh(next, randomUUID())).status).toBe(200)
    expect((await refresh(first.cookie, key)).status).toBe(401)
    expect(await actionsOf(first.id)).toContain('refresh.reused refused')
  })

  it('end it when two use what one renewal gave: one of them has a copy', async () => {
    const first = await registered()
    const key = randomUUID()
    const [one, other] = [cookieOf(await refresh(first.cookie, key)), cookieOf(await refresh(first.cookie, key))]
    const next = cookieOf(await refresh(one))
    expect((await refresh(other)).status).toBe(401)
    expect((await refresh(next)).status).toBe(401)
    expect(await actionsOf(first.id)).toContain('refresh.reused refused')
  })

  it('end it when a token comes again with another key', async () => {
    const first = await registered()
    const next = cookieOf(await refresh(first.cookie, randomUUID()))
    expect((await refresh(first.cookie, randomUUID())).status).toBe(401)
    expect((await refresh(next)).status).toBe(401)
  })

  it('end it, the whole family, when a refresh token is used twice, which is recorded', async () => {
    const first = await registered()
    const next = cookieOf(await refresh(first.cookie))
    expect((await refresh(first.cookie)).status).toBe(401)
    expect((await refresh(next)).status).toBe(401)
    expect(await actionsOf(first.id)).toContain('refresh.reused refused')
  })
})
