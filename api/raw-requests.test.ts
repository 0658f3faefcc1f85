import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type HttpServer, listen } from '../platform/http-server.ts'
import { getRaw, sendRaw } from '../tests/support/raw-http.ts'
import { makeTestApp } from './testing.ts'

const secret = 'not-for-the-web'
let folder: string
let server: HttpServer
let authorization: string
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'holdfast-web-'))
  const webRoot = join(folder, 'dist', 'web')
  mkdirSync(join(webRoot, 'assets'), { recursive: true })
  writeFileSync(join(webRoot, 'index.html'), '<p>the page</p>')
  writeFileSync(join(webRoot, 'assets', 'page.js'), 'the script')
  for (const place of [folder, join(folder, 'dist')]) writeFileSync(join(place, 'package.json'), secret)
  const { app, bearer } = await makeTestApp({ webRoot })
  authorization = `Authorization: ${(await bearer('customer')).Authorization}`
  server = await listen(app.fetch, { host: '127.0.0.1', port: 0 })
})
afterAll(async () => {
  await server.close()
  rmSync(folder, { recursive: true })
})

/** Nothing else is up, so what would ask a database is `503`. */
const isCalm = (status: number): boolean => (status >= 200 && status < 500) || status === 503

const evil = 'X-Injected: yes'

describe('a line end in a request adds no header to the answer', () => {
  it.each(['%0d%0a', '%0a', '%0d', '%e2%80%a8', '%250d%250a', '%E5%98%8A%E5%98%8D'])(
    'in an address, as %s',
    async (end) => {
      const injected = `x${end}${encodeURIComponent(evil)}`
      for (const target of [
        ...['/', '/v1/products/', '/v1/orders/', '/problems/', '/schemas/', '/docs/', '/assets/'].map(
          (start) => `${start}${injected}`,
        ),
        `/v1/orders?cursor=${injected}&status=${injected}`,
        `/v1/products?limit=${injected}`,
      ]) {
        const { status, head } = await getRaw(server.url, target, [authorization])
        expect([target, isCalm(status)]).toEqual([target, true])
        expect(head).not.toMatch(/x-injected/i)
      }
    },
  )

  it.each(['\n', '\r', '\0', '\v', '\r\n '])('in a header, as %j', async (end) => {
    for (const name of ['X-Request-Id', 'Idempotency-Key', 'Prefer', 'traceparent', 'If-None-Match', 'Origin']) {
      const given = [authorization, `${name}: a${end}${evil}`]
      const { status, head } = await getRaw(server.url, '/v1/orders', given)
      expect([name, isCalm(status)]).toEqual([name, true])
      expect(head).not.toMatch(/x-injected/i)
    }
  })

  it('nor is what stands in a header sent back, but for a name that can’t be mistaken', async () => {
    const { head } = await getRaw(server.url, '/healthz', ['X-Request-Id: a"b<c>é', 'Origin: https://evil.test'])
    expect(head).not.toMatch(/a"b|evil\.test/)
    expect((await getRaw(server.url, '/healthz', ['X-Request-Id: mine-1'])).head).toMatch(/x-request-id: mine-1/i)
  })
})

it.each([
  ['a length and chunks', ['Content-Length: 5', 'Transfer-Encoding: chunked']],
  ['chunks and a length', ['Transfer-Encoding: chunked', 'Content-Length: 5']],
  ['two lengths', ['Content-Length: 5', 'Content-Length: 6']],
  ['a length with a sign', ['Content-Length: +5']],
  ['chunks by another name', ['Transfer-Encoding: xchunked']],
])('a request within another is not answered: %s', async (_, lengths) => {
  const inner = 'GET /healthz HTTP/1.1\r\nHost: shop.test\r\n\r\n'
  const head = ['POST /v1/auth/login HTTP/1.1', 'Host: shop.test', 'Content-Type: application/json', ...lengths]
  const { status, body } = await sendRaw(server.url, `${head.join('\r\n')}\r\n\r\n0\r\n\r\n${inner}`)
  expect(status).toBe(400)
  expect(body).not.toContain('HTTP/1.1')
})

describe('a path leads to no file but those of the pages', () => {
  it('which are there', async () => {
    expect((await getRaw(server.url, '/assets/page.js')).body).toContain('the script')
    expect((await getRaw(server.url, '/', ['Accept: text/html'])).body).toContain('the page')
  })

  const ups = ['../', '..%2f', '%2e%2e/', '%2e%2e%2f', '..\\', '..%5c', '%2e%2e%5c', '..%255c', '..%252f', '..%c0%af']
  it.each([...ups, '....//', '.%00./', '..;/', './/../'])('up by %s', async (up) => {
    for (const start of ['/', '/assets/', '/assets', '/docs/', '//', '/%00/', '/assets/%00', '/assets/page.js/']) {
      for (const target of [1, 2, 3].map((times) => `${start}${up.repeat(times)}package.json`)) {
        const page = await getRaw(server.url, target, ['Accept: text/html'])
        const plain = await getRaw(server.url, target, ['Accept-Encoding: gzip, br'])
        for (const { status, body } of [page, plain]) {
          expect([target, isCalm(status), body.includes(secret)]).toEqual([target, true, false])
        }
      }
    }
  })

  const others =
    '/etc/passwd file:///etc/passwd /%2fetc/passwd //etc/passwd /assets//etc/passwd /assets/% /% /assets /assets/ /. /.. ' +
    'http://127.0.0.1/etc/passwd /assets/page.js%00.html'
  it.each([...others.split(' '), `/${'a/'.repeat(3000)}`])('nor does %s', async (target) => {
    const { status, body } = await getRaw(server.url, target)
    expect(isCalm(status), String(status)).toBe(true)
    expect(body).not.toContain('root:')
  })
})
