import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { makeTestApp } from './testing.ts'

let test: Awaited<ReturnType<typeof makeTestApp>>
beforeAll(async () => {
  test = await makeTestApp()
})

type Operation = { readonly security?: readonly object[]; readonly responses: Record<string, unknown> }
type OpenApi = { readonly openapi: string; readonly paths: Record<string, Record<string, Operation>> }

const openApi = async (): Promise<OpenApi> => (await test.app.request('/openapi.json')).json() as Promise<OpenApi>
const operations = async () =>
  Object.entries((await openApi()).paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  )
const json = { 'Content-Type': 'application/json' }
const problem = async (response: Response) => ({
  status: response.status,
  ...((await response.json()) as { code: string; traceId: string; errors?: readonly { pointer: string }[] }),
})

describe('every route', () => {
  it('is in the OpenAPI document, unless it is a page or for operators', async () => {
    const listed = new Set(
      (await operations()).map(({ path, method }) => `${method} ${path.replaceAll(/{(\w+)}/g, ':$1')}`),
    )
    const unlisted = test.app.routes
      .filter(({ method, path }) => method !== 'ALL' && !listed.has(`${method} ${path}`))
      .map(({ path }) => path)
    expect([...new Set(unlisted)].toSorted()).toEqual(
      [
        '/',
        '/docs',
        '/docs/:file',
        '/docs/events',
        '/docs/start.js',
        '/healthz',
        '/metrics',
        '/openapi.json',
        '/readyz',
      ].toSorted(),
    )
  })

  it('says who may call it, and those that need a token refuse a call without one', async () => {
    const all = await operations()
    expect(all.filter(({ operation }) => operation.security === undefined)).toEqual([])
    const locked = all.filter(({ operation }) => operation.security?.length !== 0)
    expect(locked.length).toBeGreaterThan(8)
    for (const { path, method } of locked) {
      const response = await test.app.request(path.replaceAll(/{\w+}/g, 'x'), { method })
      expect([path, await problem(response)]).toMatchObject([path, { status: 401, code: 'unauthenticated' }])
      expect(response.headers.get('WWW-Authenticate')).toBe('Bearer')
    }
  })

  it('of the staff refuses customers', async () => {
    const headers = { ...json, ...(await test.bearer('customer')) }
    for (const [method, path] of [
      ['POST', '/v1/products'],
      ['PATCH', '/v1/products/MUG'],
      ['POST', '/v1/products/MUG/stock-adjustments'],
    ] as const) {
      const response = await test.app.request(path, { method, headers, body: '{}' })
      expect(await problem(response)).toMatchObject({ status: 403, code: 'forbidden' })
    }
  })

  it('that is not there is a problem too', async () => {
    const response = await test.app.request('/v1/nope', {
      headers: { traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01` },
    })
    expect(response.headers.get('Content-Type')).toBe('application/problem+json')
    expect(response.headers.get('X-Request-Id')).toBe('a'.repeat(32))
    expect(response.headers.get('Cache-Control')).toBe('no-store')
    expect(await problem(response)).toMatchObject({ status: 404, code: 'not_found', traceId: 'a'.repeat(32) })
  })
})

describe('a bad body is refused before anything is asked of a dependency', () => {
  const place = async (body: string, headers: Record<string, string> = json) =>
    problem(
      await test.app.request('/v1/orders', {
        method: 'POST',
        body,
        headers: { ...(await test.bearer('customer')), ...headers },
      }),
    )

  it('unreadable: 400', async () =>
    expect(await place('{"lines":')).toMatchObject({ status: 400, code: 'malformed_request' }))
  it('of another type: 415', async () =>
    expect(await place('a=1', { 'Content-Type': 'text/plain' })).toMatchObject({ status: 415 }))
  it('too large: 413', async () =>
    expect(await place(`"${'x'.repeat(70_000)}"`)).toMatchObject({ status: 413, code: 'body_too_large' }))
  it('with violations: 422, all of them', async () => {
    const refused = await place(JSON.stringify({ lines: [{ sku: 'mug', quantity: 0, price: 1 }], total: 1 }))
    expect(refused).toMatchObject({ status: 422, code: 'validation_failed' })
    expect(refused.errors?.map(({ pointer }) => pointer).toSorted()).toEqual([
      '/lines/0/price',
      '/lines/0/quantity',
      '/lines/0/sku',
      '/paymentMethod',
      '/shippingAddress',
      '/total',
    ])
  })
})

it('says 503 with Retry-After while a dependency is down, and nothing of what is inside', async () => {
  const response = await test.app.request('/v1/products')
  expect(response.headers.get('Retry-After')).toBe('5')
  const text = await response.text()
  expect(JSON.parse(text)).toMatchObject({ status: 503, code: 'dependency_unavailable' })
  expect(text).not.toMatch(/ECONNREFUSED|127\.0\.0\.1|mysql|select/i)
})

describe('operators', () => {
  it('are told each dependency by name', async () => {
    const { app } = await makeTestApp({
      checks: { temporal: () => Promise.resolve(), kafka: () => Promise.reject(new Error('no broker at 10.0.0.1')) },
    })
    const response = await app.request('/readyz')
    expect(response.status).toBe(503)
    expect(await response.json()).toEqual({ status: 'unavailable', checks: { temporal: 'ok', kafka: 'error' } })
  })

  it('are told that the process leaves, whatever its dependencies say', async () => {
    const { app } = await makeTestApp({ checks: {}, leaving: AbortSignal.abort() })
    const response = await app.request('/readyz')
    expect(response.status).toBe(503)
    expect(await response.json()).toEqual({ status: 'leaving', checks: {} })
  })

  it('get metrics by the route’s pattern', async () => {
    await test.app.request('/v1/orders/some-id')
    const text = await (await test.app.request('/metrics')).text()
    expect(text).toContain('http_requests_total{method="GET",route="/v1/orders/:id",status="401"}')
    expect(text).not.toContain('some-id')
  })

  it('are answered on this machine only, unless it is switched on', async () => {
    const elsewhere = { incoming: { socket: { remoteAddress: '10.0.0.9' } } }
    expect((await test.app.request('/metrics', {}, elsewhere)).status).toBe(404)
    const { app } = await makeTestApp({ openOperations: true })
    expect((await app.request('/metrics', {}, elsewhere)).status).toBe(200)
  })

  it('are not answered to whoever is behind a proxy, even then', async () => {
    const { app } = await makeTestApp({ openOperations: true })
    const headers = { 'X-Forwarded-For': '203.0.113.7' }
    for (const path of ['/metrics', '/readyz']) expect((await app.request(path, { headers })).status).toBe(404)
  })
})

describe('pages', () => {
  it('of the documentation come from this machine and run no inline script', async () => {
    const page = await test.app.request('/docs')
    expect(page.headers.get('Content-Security-Policy')).toContain("script-src 'self';")
    expect(await page.text()).not.toMatch(/<script>|https?:\/\//)
    for (const file of ['swagger-ui-bundle.js', 'swagger-ui.css', 'start.js']) {
      expect((await test.app.request(`/docs/${file}`)).status).toBe(200)
    }
    expect((await test.app.request('/docs/package.json')).status).toBe(404)
  })

  it('of the front end are served for addresses that only it knows', async () => {
    const webRoot = await mkdtemp(join(tmpdir(), 'web-'))
    await mkdir(join(webRoot, 'assets'))
    await writeFile(join(webRoot, 'index.html'), '<p>the shop</p>')
    await writeFile(join(webRoot, 'assets', 'main-abc.js'), 'run()')
    const { app } = await makeTestApp({ webRoot })
    const browser = { headers: { Accept: 'text/html,*/*' } }
    for (const path of ['/', '/orders/1', '/index.html']) {
      const page = await app.request(path, browser)
      expect([path, await page.text(), page.headers.get('Cache-Control')]).toEqual([
        path,
        '<p>the shop</p>',
        'no-cache',
      ])
    }
    const asset = await app.request('/assets/main-abc.js')
    expect(asset.headers.get('Cache-Control')).toContain('immutable')
    expect((await app.request('/assets/gone.js', browser)).status).toBe(404)
    expect((await app.request('/v1/nope', browser)).status).toBe(404)
    expect((await app.request('/orders/1')).status).toBe(404)
    expect((await app.request('/..%2f..%2fetc/passwd')).status).toBe(404)
    await rm(webRoot, { recursive: true })
  })
})
