import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { Client, Connection } from '@temporalio/client'
import { historyToJSON } from '@temporalio/common/lib/proto-utils'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { readConfig } from '../platform/config.ts'
import { roles } from '../stack/processes.ts'
import { replayFrom } from '../stack/replaying.ts'
import type { System } from '../stack/system.ts'
import { startOwnSystem } from './support/own-system.ts'
import { newProduct, type Person, register, send, signInAdmin, types } from './support/shop.ts'

const newKey = (id: string) => `${id}:${randomBytes(32).toString('base64')}`
const PAYLOAD_KEYS = newKey('k1')
let system: System
let connection: Connection
let admin: Person
let customer: Person
let sku: string
/** Under way when the encryption was switched on. */
let early: string
beforeAll(async () => {
  system = await startOwnSystem()
  // without a codec: as somebody sees it who has Temporal's store
  connection = await Connection.connect({ address: system.env['TEMPORAL_ADDRESS'] ?? '' })
  admin = await signInAdmin(system.apiUrl)
  customer = await register(system.apiUrl)
  sku = await newProduct(admin, 50)
  early = await waiting()
  await Promise.all(roles.map((role) => system.start(role, role, { PAYLOAD_KEYS })))
})
afterAll(async () => {
  await connection.close()
  await system.stop()
})

async function delivered(): Promise<string> {
  const { body } = await customer.place({ sku })
  await customer.until(body.id, 'delivered')
  return body.id
}

/** Its payment is never answered. */
async function waiting(): Promise<string> {
  const { body } = await customer.place({ sku, paymentMethod: 'pm_sim_noAnswer' })
  await vi.waitFor(async () => expect(types(await customer.timeline(body.id))).toContain('order.stock_reserved'), {
    timeout: 20_000,
  })
  return body.id
}

async function cancelled(id: string): Promise<string> {
  expect((await customer.call('POST', `/v1/orders/${id}/cancellation`, {})).status).toBe(202)
  await customer.until(id, 'cancelled')
  return id
}

type Json = { readonly [name: string]: unknown }
type Payload = { readonly metadata: Readonly<Record<string, string>>; readonly data: string }

const fromBase64 = (text = '') => Buffer.from(text, 'base64').toString('latin1')

/** A history as the server has it, but for the search attributes, which it has to read. */
async function stored(id: string) {
  const raw = historyToJSON(await new Client({ connection }).workflow.getHandle(id).fetchHistory())
  const history: unknown = JSON.parse(raw, (name, value: unknown) => (name === 'searchAttributes' ? undefined : value))
  const payloads = payloadsOf(history)
  const encodings = new Set(payloads.map(({ metadata }) => fromBase64(metadata['encoding'])))
  const keys = new Set(payloads.map(({ metadata }) => fromBase64(metadata['encryption-key-id'])))
  const text = [JSON.stringify(history), ...payloads.map(({ data }) => fromBase64(data))].join('\n')
  return { payloads, text, encodings: [...encodings].toSorted(), keys: [...keys].toSorted() }
}

function payloadsOf(value: unknown): readonly Payload[] {
  if (typeof value !== 'object' || value === null) return []
  const { metadata, data } = value as Json
  if (typeof metadata === 'object' && typeof data === 'string') return [value as Payload]
  return Object.values(value).flatMap(payloadsOf)
}

async function codec(verb: string, payloads: readonly unknown[], headers: Readonly<Record<string, string>>) {
  return send<{ payloads?: readonly Payload[] }>(`${system.apiUrl}/codec/${verb}`, 'POST', { payloads }, headers)
}
const bearer = ({ token }: Person) => ({ authorization: `Bearer ${token}` })

describe('an order whose payloads are encrypted', () => {
  it('is delivered, and its history shows neither what was bought nor by whom', async () => {
    const id = await delivered()
    const { payloads, text, encodings, keys } = await vi.waitFor(async () => {
      const found = await stored(id)
      expect(found.text).toContain('WORKFLOW_EXECUTION_COMPLETED')
      return found
    })
    expect(text).toContain('participantAnswered')
    expect(text).toContain('userMetadata')
    expect(payloads.length).toBeGreaterThan(10)
    // the SDK's own notes in markers: names, times, attempts
    expect(encodings).toEqual(['binary/encrypted', 'json/plain'])
    expect(keys).toEqual(['', 'k1'])
    for (const word of [sku, customer.id, 'EUR']) expect(text).not.toContain(word)
  })

  it('is read from its memo as soon as it is placed', async () => {
    const { status, body } = await customer.place({ sku, paymentMethod: 'pm_sim_noAnswer' })
    expect(status).toBe(201)
    const { status: found, body: order } = await customer.call('GET', `/v1/orders/${body.id}`)
    expect([found, JSON.stringify(order)]).toEqual([200, expect.stringContaining(sku)])
    const { workflowExecutionInfo } = await connection.workflowService.describeWorkflowExecution({
      namespace: 'default',
      execution: { workflowId: body.id },
    })
    const memo = workflowExecutionInfo?.memo?.fields ?? {}
    expect(Object.keys(memo).toSorted()).toEqual(['fingerprint', 'order'])
    const seen = Object.values(memo).map(({ metadata }) => Buffer.from(metadata?.['encoding'] ?? []).toString())
    expect(seen).toEqual(['binary/encrypted', 'binary/encrypted'])
    await cancelled(body.id)
  })

  it('can be cancelled once: Updates, answers and refusals pass', async () => {
    const id = await cancelled(await waiting())
    const again = await customer.call('POST', `/v1/orders/${id}/cancellation`, {})
    expect([again.status, again.body['code']]).toEqual([409, 'order_not_cancellable'])
    expect((await stored(id)).text).not.toContain(sku)
  })

  it('goes on when a new key has come before its own', async () => {
    const id = await waiting()
    const both = { PAYLOAD_KEYS: `${newKey('k2')},${PAYLOAD_KEYS}` }
    await Promise.all((['temporal', 'api'] as const).map((role) => system.start(role, role, both)))
    await cancelled(id)
    expect((await stored(id)).keys).toEqual(expect.arrayContaining(['k1', 'k2']))
    await Promise.all((['temporal', 'api'] as const).map((role) => system.start(role, role, { PAYLOAD_KEYS })))
  })

  it('is replayed with its key, and named with the key that is missing', async () => {
    const id = await delivered()
    const code = readFileSync(new URL('../dist/workflow-bundle.js', import.meta.url), 'utf8')
    const address = system.env['TEMPORAL_ADDRESS'] ?? ''
    async function replay(text: string) {
      const { PAYLOAD_KEYS: keys } = readConfig({ PAYLOAD_KEYS: text })
      const results = new Map<string, Error | undefined>()
      for await (const { workflowId, error } of replayFrom({
        access: { TEMPORAL_ADDRESS: address },
        namespace: 'default',
        recent: 3,
        code,
        keys,
      }))
        results.set(workflowId, error)
      return results
    }
    const results = await replay(`${newKey('k3')},${PAYLOAD_KEYS}`)
    expect([results.has(id), results.get(id)]).toEqual([true, undefined])
    await expect(replay(newKey('k3'))).rejects.toThrow('encrypted with the key k1, which is not in PAYLOAD_KEYS')
  })
})

it('an order from before goes on when the encryption is switched on', async () => {
  expect((await stored(early)).encodings).toEqual(['json/plain'])
  await cancelled(early)
  const { encodings, keys } = await stored(early)
  expect([encodings, keys]).toEqual([
    ['binary/encrypted', 'json/plain'],
    ['', 'k1'],
  ])
})

describe('the codec server', () => {
  it('shows an admin what a history holds, and nobody else', async () => {
    const payloads = (await stored(await delivered())).payloads
    expect((await codec('decode', payloads, {})).status).toBe(401)
    expect((await codec('decode', payloads, bearer(customer))).status).toBe(403)
    const { status, body } = await codec('decode', payloads, bearer(admin))
    expect(status).toBe(200)
    expect((body.payloads ?? []).map(({ data }) => fromBase64(data)).join('\n')).toContain(`"sku":"${sku}"`)
  })

  it('takes an admin’s sign-in in the same browser, from the Temporal Web UI only, and leaves it good', async () => {
    const payloads = (await stored(await delivered())).payloads.slice(0, 1)
    const origin = new URL(readConfig(system.env).TEMPORAL_UI_URL).origin
    const login = async (email: string, password: string) => {
      const { headers } = await send(`${system.apiUrl}/v1/auth/login`, 'POST', { email, password })
      return { cookie: headers.getSetCookie()[0]?.split(';')[0] ?? '' }
    }
    const staff = await login('admin@demo.test', 'admin-demo-1')
    const statusFor = async (headers: Readonly<Record<string, string>>) =>
      (await codec('decode', payloads, headers)).status
    expect(await statusFor({ ...staff, origin })).toBe(200)
    expect(await statusFor({ ...staff, origin: 'https://evil.test' })).toBe(401)
    expect(await statusFor(staff)).toBe(401)
    expect(await statusFor({ cookie: '__Host-refresh=unknown', origin })).toBe(401)
    expect(await statusFor({ ...(await login('customer@demo.test', 'customer-demo-1')), origin })).toBe(403)

    const refreshed = await send(`${system.apiUrl}/v1/auth/refresh`, 'POST', undefined, staff)
    expect(refreshed.status).toBe(200)
    expect(await statusFor({ ...staff, origin })).toBe(401)
    const next = { cookie: refreshed.headers.getSetCookie()[0]?.split(';')[0] ?? '' }
    expect(await statusFor({ ...next, origin })).toBe(200)
    await send(`${system.apiUrl}/v1/auth/logout`, 'POST', undefined, next)
    expect(await statusFor({ ...next, origin })).toBe(401)
  })
})
