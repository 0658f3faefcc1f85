import { randomBytes } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { readConfig } from '../platform/config.ts'
import { makePayloadCodec } from '../platform/payload-codec.ts'
import { makeTestApp } from './testing.ts'

type Test = Awaited<ReturnType<typeof makeTestApp>>
const codecOf = (id: string) =>
  makePayloadCodec(readConfig({ PAYLOAD_KEYS: `${id}:${randomBytes(32).toString('base64')}` }).PAYLOAD_KEYS)

let on: Test
let off: Test
beforeAll(async () => {
  on = await makeTestApp({ payloadCodec: codecOf('k1') })
  off = await makeTestApp()
})

const base64 = (text: string | Uint8Array) => Buffer.from(text).toString('base64')
const plain = { metadata: { encoding: base64('json/plain') }, data: base64('{"sku":"MUG-CLASSIC"}') }
const ui = 'http://127.0.0.1:8233'

type Told = { readonly payloads?: readonly (typeof plain)[]; readonly code?: string }
async function call(test: Test, verb: string, headers: Readonly<Record<string, string>>, ...more: readonly unknown[]) {
  const payloads = more.length === 0 ? [plain] : more[0]
  const response = await test.app.request(`/codec/${verb}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-Namespace': 'default', ...headers },
    body: JSON.stringify({ payloads }),
  })
  return { status: response.status, headers: response.headers, body: (await response.json()) as Told }
}
const preflight = (test: Test, origin: string) =>
  test.app.request('/codec/decode', {
    method: 'OPTIONS',
    headers: {
      Origin: origin,
      'Access-Control-Request-Method': 'POST',
      'Access-Control-Request-Headers': 'content-type,x-namespace,authorization',
    },
  })

describe('the codec server', () => {
  it('encrypts and decrypts for an admin, in the protocol of the Temporal Web UI', async () => {
    const admin = await on.bearer('admin')
    const encoded = (await call(on, 'encode', admin, [plain, plain])).body.payloads ?? []
    expect(encoded.map(({ metadata }) => metadata.encoding)).toEqual([
      base64('binary/encrypted'),
      base64('binary/encrypted'),
    ])
    const decoded = await call(on, 'decode', admin, [...encoded, plain])
    expect([decoded.status, decoded.body]).toEqual([200, { payloads: [plain, plain, plain] }])
  })

  it('takes no payloads for an empty list, as protobuf has it', async () => {
    const { status, body } = await call(on, 'encode', await on.bearer('admin'), undefined)
    expect([status, body]).toEqual([200, { payloads: [] }])
  })

  it('serves nobody else', async () => {
    expect((await call(on, 'decode', {})).status).toBe(401)
    expect((await call(on, 'decode', { Authorization: 'Bearer of.bad.news' })).status).toBe(401)
    expect((await call(on, 'decode', await on.bearer('customer'))).status).toBe(403)
    expect((await call(on, 'encode', await on.bearer('customer'))).status).toBe(403)
  })

  it('takes no cookie from another page than the Temporal Web UI’s', async () => {
    const Cookie = '__Host-refresh=whatever'
    expect((await call(on, 'decode', { Cookie })).status).toBe(401)
    expect((await call(on, 'decode', { Cookie, Origin: 'https://evil.test' })).status).toBe(401)
  })

  it('is not there where nothing is encrypted', async () => {
    expect((await call(off, 'decode', await off.bearer('admin'))).status).toBe(404)
    expect((await call(off, 'decode', await off.bearer('admin'), 'no payloads')).status).toBe(404)
    expect((await preflight(off, ui)).status).toBe(404)
  })

  it('says which key is missing', async () => {
    const other = await makeTestApp({ payloadCodec: codecOf('k2') })
    const encoded = (await call(other, 'encode', await other.bearer('admin'))).body.payloads
    const refused = await call(on, 'decode', await on.bearer('admin'), encoded)
    expect([refused.status, refused.body.code]).toEqual([422, 'validation_failed'])
    expect(JSON.stringify(refused.body)).toContain('the key k2, which is not in PAYLOAD_KEYS')
  })

  it('refuses what is no list of payloads, and what is too large', async () => {
    const admin = await on.bearer('admin')
    expect((await call(on, 'decode', admin, 'no payloads')).status).toBe(422)
    expect((await call(on, 'decode', admin, [{ metadata: { encoding: 'not base64!' } }])).status).toBe(422)
    expect((await call(on, 'decode', admin, [{ data: 'A'.repeat(70_000) }])).status).toBe(413)
  })
})

describe('a browser', () => {
  it('is let through from the Temporal Web UI', async () => {
    const { status, headers } = await preflight(on, ui)
    expect(status).toBe(204)
    expect(headers.get('Access-Control-Allow-Origin')).toBe(ui)
    expect(headers.get('Access-Control-Allow-Credentials')).toBe('true')
    expect(headers.get('Access-Control-Allow-Headers')).toContain('X-Namespace')
    const answer = await call(on, 'decode', { ...(await on.bearer('admin')), Origin: ui })
    expect(answer.headers.get('Access-Control-Allow-Origin')).toBe(ui)
    expect((await call(on, 'decode', { Origin: ui })).headers.get('Access-Control-Allow-Origin')).toBe(ui)
  })

  it('is not from anywhere else', async () => {
    expect((await preflight(on, 'https://evil.test')).headers.get('Access-Control-Allow-Origin')).toBeNull()
    const answer = await call(on, 'decode', { ...(await on.bearer('admin')), Origin: 'https://evil.test' })
    expect(answer.headers.get('Access-Control-Allow-Origin')).toBeNull()
    const elsewhere = await on.app.request('/v1/meta', { headers: { Origin: ui } })
    expect(elsewhere.headers.get('Access-Control-Allow-Origin')).toBeNull()
  })
})
