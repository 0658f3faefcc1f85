import { afterEach, expect, it } from 'vitest'
import { listen } from '../../platform/http-server.ts'
import { openFront } from './front.ts'

const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

async function behind(name: string, status: 'ready' | 'leaving' | 'unavailable') {
  const server = await listen(
    (request) =>
      new URL(request.url).pathname === '/readyz'
        ? Response.json({ status }, { status: status === 'ready' ? 200 : 503 })
        : new Response(name),
    { host: '127.0.0.1', port: 0 },
  )
  closers.push(() => server.close(0))
  return server.url
}

async function front(...urls: readonly string[]) {
  const opened = await openFront()
  closers.push(opened.close)
  await opened.leadTo(urls)
  const ask = async () => (await fetch(`${opened.url}/v1`)).text()
  return { ...opened, ask }
}

it('sends to each that is ready in turn, and to none that leaves', async () => {
  const { ask, failed } = await front(
    await behind('a', 'ready'),
    await behind('b', 'ready'),
    await behind('c', 'leaving'),
  )
  const answers = [await ask(), await ask(), await ask(), await ask()]
  expect(answers.toSorted()).toEqual(['a', 'a', 'b', 'b'])
  expect(failed()).toEqual([])
})

it('goes on with those that answer where none is ready, and counts what nobody can take', async () => {
  const some = await front(await behind('a', 'unavailable'), await behind('b', 'leaving'))
  expect(await some.ask()).toBe('a')
  const none = await front(await behind('a', 'leaving'))
  expect(await none.ask()).toBe('nobody is ready')
  expect(none.failed()).toEqual(['GET /v1: nobody is ready'])
})

it('counts an answer of 500 and above, and one that is cut', async () => {
  const server = await listen(
    (request) => {
      const { pathname } = new URL(request.url)
      if (pathname === '/readyz') return Response.json({ status: 'ready' })
      return pathname === '/bad' ? new Response('', { status: 503 }) : new Promise<Response>(() => undefined)
    },
    { host: '127.0.0.1', port: 0 },
  )
  const { url, failed } = await front(server.url)
  expect((await fetch(`${url}/bad`)).status).toBe(503)
  const hanging = fetch(`${url}/hangs`)
  await server.close(50)
  expect((await hanging).status).toBe(502)
  expect(failed()).toHaveLength(2)
})
