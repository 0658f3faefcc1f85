import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, inject, it, vi } from 'vitest'
import type { IdentityTables } from '../api/identity/tables.ts'
import { readConfig } from '../platform/config.ts'
import { openDatabase } from '../platform/database.ts'
import { roles } from '../stack/processes.ts'
import type { System } from '../stack/system.ts'
import { logsIn, secretsInLogs } from './support/log-secrets.ts'
import { startOwnSystem } from './support/own-system.ts'
import { openProgram } from './support/program.ts'
import { openReceiver } from './support/receiver.ts'
import { newProduct, orderRequest, type Person, register, send, signInAdmin } from './support/shop.ts'
import { deliveries, openEndpoint, slow } from './support/webhooks.ts'

const random = (): string => randomBytes(24).toString('hex')
const ofSettings = {
  'the codec’s key': randomBytes(32).toString('base64'),
  'the password of the mail server': random(),
  'the webhook secret of the simulator': random(),
  'the webhook secret of Stripe': random(),
  'the webhook secret of EasyPost': random(),
}
const mistyped = random()
let system: System
let admin: Person
let receiver: Awaited<ReturnType<typeof openReceiver>>
beforeAll(async () => {
  receiver = await openReceiver()
  system = await startOwnSystem(
    {
      LOG_LEVEL: 'trace',
      PAYLOAD_KEYS: `k1:${ofSettings['the codec’s key']}`,
      SMTP_URL: `smtp://shop:${ofSettings['the password of the mail server']}@127.0.0.1:1`,
      SIMULATOR_WEBHOOK_SECRET: ofSettings['the webhook secret of the simulator'],
      STRIPE_WEBHOOK_SECRET: ofSettings['the webhook secret of Stripe'],
      EASYPOST_WEBHOOK_SECRET: ofSettings['the webhook secret of EasyPost'],
    },
    roles,
  )
  admin = await signInAdmin(system.apiUrl)
})
afterAll(async () => {
  await system.stop()
  await receiver.close()
})

const folder = (): string => system.env['DATA_DIR'] ?? ''
const post = (path: string, body?: unknown, headers?: Record<string, string>) =>
  send(`${system.apiUrl}${path}`, 'POST', body, headers)

/** One of each act that has a secret. @returns the secrets. */
async function actWithSecrets(): Promise<Readonly<Record<string, string>>> {
  const account = { email: `${randomUUID()}@shop.test`, password: random(), name: 'Ada Example' }
  const registered = await post('/v1/auth/register', account)
  const wrong = random()
  expect((await post('/v1/auth/login', { ...account, name: undefined, password: wrong })).status).toBe(401)
  const { headers, body } = await post('/v1/auth/login', { email: account.email, password: account.password })
  const [cookie = ''] = headers.getSetCookie()[0]?.split(';') ?? []
  expect((await post('/v1/auth/refresh', undefined, { cookie })).status).toBe(200)
  expect((await post('/v1/auth/refresh', undefined, { cookie })).status).toBe(401)
  expect((await post('/v1/auth/forgotten-password', { email: account.email })).status).toBe(202)
  const authorization = `Bearer ${String(body['accessToken'])}x`
  expect((await post('/v1/orders', {}, { authorization })).status).toBe(401)
  const program = await openProgram(system.apiUrl, admin, ['orders:read'])
  expect((await program.call('GET', '/v1/orders')).status).toBe(200)
  const stranger = random()
  const basic = `Basic ${btoa(`${randomUUID()}:${stranger}`)}`
  const form = { authorization: basic, 'content-type': 'application/x-www-form-urlencoded' }
  expect((await post('/v1/auth/token', 'grant_type=client_credentials', form)).status).toBe(401)
  const forged = { 'webhook-signature': `t=1,v1=${random()}` }
  expect((await post('/v1/webhooks/payments/simulator', {}, forged)).status).toBe(401)
  return {
    'a password': account.password,
    'a wrong password': wrong,
    'the token of a registration': String(registered.body['accessToken']),
    'the token of a sign-in': String(body['accessToken']),
    'a refresh token': cookie.split('=')[1] ?? '',
    'the secret of a stranger': stranger,
    'credentials of a stranger': basic.slice('Basic '.length),
  }
}

/** An order with all that it does to others, and a webhook about it that fails and one that does not. */
async function placeOrder(): Promise<Readonly<Record<string, string>>> {
  const customer = await register(system.apiUrl)
  const sku = await newProduct(admin, 10)
  const good = await openEndpoint(customer, receiver.url('/good'), ['order.*'])
  const bad = await openEndpoint(customer, 'http://127.0.0.1:1/bad', ['order.*'])
  const street = `Street ${randomUUID()}`
  const wish = orderRequest({ sku })
  const order = { ...wish, shippingAddress: { ...wish.shippingAddress, line1: street } }
  const { body, status } = await customer.call<{ readonly id: string }>('POST', '/v1/orders', order)
  expect(status).toBe(201)
  await customer.until(body.id, 'delivered')
  await vi.waitFor(async () => {
    expect(receiver.at('/good').length).toBeGreaterThan(0)
    expect((await deliveries(customer, bad)).some(({ attempts }) => attempts.length > 0)).toBe(true)
  }, slow)
  return { 'a webhook’s secret': good.secret, 'another webhook’s secret': bad.secret, 'an address': street }
}

/** Settings with a slip, by which a process ends: it says which, and not what they are. */
async function startMistyped(): Promise<void> {
  const database = new URL(system.env['DATABASE_URL'] ?? '')
  const wrong: readonly Readonly<Record<string, string>>[] = [
    { DATABASE_URL: `mysql://shop:${mistyped}@${database.host}` },
    { DATABASE_URL: `mysql:/shop:${mistyped}@${database.host}`, SMTP_URL: `smpt://shop:${mistyped}@mail.test` },
    { PAYLOAD_KEYS: mistyped, TEMPORAL_TLS_KEY: mistyped, SMTP_URL: `smtp://shop:${mistyped}#@mail.test` },
  ]
  for (const [at, env] of wrong.entries())
    await expect(system.start('api', `api-mistyped-${at}`, env)).rejects.toThrow('exit code 1')
}

async function ofDatabase(): Promise<Readonly<Record<string, string>>> {
  const identity = openDatabase<IdentityTables>(readConfig({ ...system.env }), 'identity', 1)
  const keys = await identity.selectFrom('signing_key').select('private_jwk').execute()
  const { rows } = await sql<object>`SELECT * FROM mail`.execute(identity)
  await identity.destroy()
  const links = [...JSON.stringify(rows).matchAll(/#token=([\w-]{20,})/g)].map(([, token = '']) => token)
  expect(links.length).toBeGreaterThan(0)
  const ds = keys.map((key) => (JSON.parse(key.private_jwk) as { readonly d: string }).d)
  return Object.fromEntries([
    ...links.map((token, at) => [`the token of a mailed link, ${at}`, token]),
    ...ds.map((d, at) => [`a signing key, ${at}`, d]),
  ])
}

it('no log has a secret in it, though everything is logged that can be', async () => {
  const used = { ...(await actWithSecrets()), ...(await placeOrder()), ...(await ofDatabase()) }
  await startMistyped()
  for (const [name, secret] of Object.entries(used)) expect(secret.length, name).toBeGreaterThan(15)
  expect(logsIn(folder()).length).toBeGreaterThan(roles.length)
  expect(readFileSync(join(folder(), 'api-mistyped-1.log'), 'utf8')).toContain('DATABASE_URL')
  const mistypedOnes = { 'a mistyped secret': mistyped }
  expect(secretsInLogs(folder(), { ...ofSettings, ...used, ...mistypedOnes })).toEqual([])
})

it('what somebody sent begins no line of a log', async () => {
  const forged = JSON.stringify({ level: 50, name: 'api', msg: 'forged' })
  for (const end of ['\n', '\r', '\u2028', '\u0085'])
    await post('/v1/auth/login', { email: `a${end}${forged}${end}`, password: 'x' }, { 'user-agent': forged })
  const lines = readFileSync(join(folder(), 'api.log'), 'utf8').split('\n').filter(Boolean)
  for (const line of lines) expect(JSON.parse(line)).not.toMatchObject({ msg: 'forged' })
})

it('a secret in a log is found, by its looks or by what it is', () => {
  const dir = mkdtempSync(join(tmpdir(), 'holdfast-logs-'))
  const [password, secret] = [`pass-${randomUUID()}`, random()]
  const lines = ['{"msg":"ready"}', `{"password":"${password}"}`, `{"x":"${secret}"}`, '{"url":"mysql://me:x@db"}']
  writeFileSync(join(dir, 'api.log'), `${lines.join('\n')}\n`)
  expect(secretsInLogs(dir, { mine: secret })).toEqual([
    'api.log:2 has a password of a test',
    'api.log:3 has mine',
    'api.log:4 has a password in a URL',
  ])
  rmSync(dir, { recursive: true })
})

it('nor has any log of the tests that ran before', () => {
  expect(secretsInLogs(inject('logDir'))).toEqual([])
})
