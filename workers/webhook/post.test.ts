import { createServer, type RequestListener } from 'node:http'
import { once } from 'node:events'
import { afterEach, describe, expect, it } from 'vitest'
import { post } from './post.ts'
import type { TargetRules } from './targets.ts'

const loose: TargetRules = { privateToo: true, httpToo: true, ports: 'any' }
const closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

async function serve(answer: RequestListener): Promise<number> {
  const server = createServer(answer).listen(0, '127.0.0.1')
  await once(server, 'listening')
  closing.push(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}

const to = (port: number, rules = loose, timeoutMs = 5_000, host = '127.0.0.1') =>
  post({ url: `http://${host}:${port}/hooks`, body: '{"a":"ä"}', headers: { 'x-test': 'yes' }, timeoutMs }, rules)

describe('a POST to somebody else', () => {
  it('arrives whole and tells the status and how the answer begins', async () => {
    let got = ''
    const port = await serve((request, response) => {
      request.setEncoding('utf8').on('data', (text: string) => (got += text))
      request.on('end', () =>
        response.writeHead(422, { 'retry-after': '7' }).end(`no, ${String(request.headers['x-test'])}`),
      )
    })
    expect(await to(port)).toMatchObject({ status: 422, responseStart: 'no, yes', retryAfter: '7' })
    expect(got).toBe('{"a":"ä"}')
  })

  it('reads no more of an answer than its start, however long it goes on', async () => {
    const port = await serve((_, response) => {
      const more = (): void =>
        void (response.write('x'.repeat(500)) ? setImmediate(more) : response.once('drain', more))
      more()
    })
    const { status, responseStart } = await to(port)
    expect([status, responseStart]).toEqual([200, 'x'.repeat(1024)])
  })

  it('follows no redirect', async () => {
    let calls = 0
    const port = await serve((_, response) => {
      calls += 1
      response.writeHead(307, { location: '/elsewhere' }).end()
    })
    expect(await to(port)).toMatchObject({ status: 307 })
    expect(calls).toBe(1)
  })

  it('goes to no private address, whichever name it has', async () => {
    let calls = 0
    const port = await serve((_, response) => {
      calls += 1
      response.end()
    })
    const strict = { ...loose, privateToo: false }
    expect(await to(port, strict)).toMatchObject({ error: 'target_not_allowed' })
    expect(await to(port, strict, 5_000, 'localhost')).toMatchObject({ error: 'target_not_allowed' })
    expect(calls).toBe(0)
  })

  it('goes where its name led when it was looked at, and nowhere if any of its addresses is private', async () => {
    const hosts: unknown[] = []
    const port = await serve((request, response) => {
      hosts.push(request.headers.host)
      response.end()
    })
    const letter = { url: `http://shop.example:${port}/`, body: '{}', headers: {}, timeoutMs: 5_000 }
    const own = { address: '127.0.0.1', family: 4 }
    const other = { address: '93.184.216.34', family: 4 }
    let asked = 0
    const once = () => {
      asked += 1
      return Promise.resolve([own])
    }
    expect(await post(letter, loose, once)).toMatchObject({ status: 200 })
    expect([hosts, asked]).toEqual([[`shop.example:${port}`], 1])

    const strict = { ...loose, privateToo: false }
    expect(await post(letter, strict, () => Promise.resolve([own]))).toMatchObject({ error: 'private_address' })
    expect(await post(letter, strict, () => Promise.resolve([other, own]))).toMatchObject({ error: 'private_address' })
    expect(hosts).toHaveLength(1)
  })

  it('takes the status for the answer though its body never ends', async () => {
    const port = await serve((_, response) => void response.writeHead(202).write('so far'))
    expect(await to(port, loose, 100)).toMatchObject({ status: 202, responseStart: 'so far' })
  })

  it('does not wait for an answer for ever', async () => {
    const port = await serve(() => undefined)
    expect(await to(port, loose, 50)).toMatchObject({ error: 'timeout' })
  })

  it('tells why there was none', async () => {
    const port = await serve(() => undefined)
    closing.splice(0).forEach((close) => close())
    expect(await to(port)).toMatchObject({ error: 'ECONNREFUSED' })
  })
})
