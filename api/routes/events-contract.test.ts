import { beforeAll, describe, expect, it } from 'vitest'
import { orderKinds, stockKinds } from '../../events/catalogue.ts'
import { dataschemaOf } from '../../events/envelope.ts'
import { makeTestApp } from '../testing.ts'

let app: Awaited<ReturnType<typeof makeTestApp>>['app']
beforeAll(async () => {
  ;({ app } = await makeTestApp())
})

const types = [...Object.keys(orderKinds), ...Object.keys(stockKinds)]

describe('the event contract', () => {
  it.each(['/asyncapi.json', '/schemas/order.placed.v1.json', '/docs/events'])(
    'is open to anyone and cached until it changes: %s',
    async (path) => {
      const answer = await app.request(path)
      expect(answer.status).toBe(200)
      expect(answer.headers.get('Cache-Control')).toBe('public, max-age=300')
      const tag = answer.headers.get('ETag') ?? ''
      expect(tag).toMatch(/^"\w+"$/)
      const again = await app.request(path, { headers: { 'If-None-Match': tag } })
      expect([again.status, await again.text()]).toEqual([304, ''])
      expect((await app.request(path, { headers: { 'If-None-Match': '"other"' } })).status).toBe(200)
    },
  )

  it('has the schema of every type where ce_dataschema says', async () => {
    for (const type of types) {
      const answer = await app.request(dataschemaOf(type))
      expect(await answer.json()).toMatchObject({ title: type, $id: dataschemaOf(type) })
    }
  })

  it.each(['order.placed.v99.json', '..%2F..%2Fpackage.json', '__proto__'])(
    'has no schema that was never published: %s',
    async (file) => {
      const answer = await app.request(`/schemas/${file}`)
      expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([404, 'not_found'])
    },
  )
})

describe('the page of the events', () => {
  it('tells of every type, with an example, and runs no script', async () => {
    const answer = await app.request('/docs/events')
    const page = await answer.text()
    for (const type of types) expect(page).toContain(`<section id="${type}">`)
    expect(page.match(/<details>/g)).toHaveLength(types.length)
    expect(page).not.toContain('<script')
    expect(answer.headers.get('Content-Type')).toContain('text/html')
    expect(answer.headers.get('Content-Security-Policy')).toContain("script-src 'self'")
  })
})
