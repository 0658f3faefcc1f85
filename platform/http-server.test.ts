import { once } from 'node:events'
import { connect } from 'node:net'
import { expect, it } from 'vitest'
import { listen } from './http-server.ts'

/** What waits, and what lets it go on. */
function gate(): readonly [opened: Promise<void>, open: () => void] {
  let open = () => {}
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return [opened, () => open()]
}

it('finishes the request under way when it is closed, and takes no new one', async () => {
  const [answered, answer] = gate()
  const [begun, began] = gate()
  const server = await listen(
    async () => {
      began()
      await answered
      return new Response('done')
    },
    { host: '127.0.0.1', port: 0 },
  )
  const request = fetch(server.url)
  await begun
  const closed = server.close()
  await expect(fetch(server.url)).rejects.toThrow()
  answer()
  expect(await (await request).text()).toBe('done')
  await closed
})

it('cuts a request that does not end', async () => {
  const server = await listen(() => new Promise<Response>(() => undefined), { host: '127.0.0.1', port: 0 })
  const request = fetch(server.url)
  const cut = expect(request).rejects.toThrow()
  await new Promise((resolve) => setTimeout(resolve, 50))
  await server.close(100)
  await cut
})

it.each([
  ['head', 'POST / HTTP/1.1\r\nHost: here\r\n'],
  ['body', 'POST / HTTP/1.1\r\nHost: here\r\nContent-Length: 10\r\n\r\nhalf'],
])('hangs up on who does not send the %s of a request to its end', async (_, sent) => {
  const server = await listen(
    async (request) => new Response(await request.text()),
    { host: '127.0.0.1', port: 0 },
    { headersTimeout: 100, requestTimeout: 100, connectionsCheckingInterval: 20 },
  )
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1')
  let received = ''
  socket.on('data', (data) => (received += String(data)))
  socket.write(sent)
  await once(socket, 'close')
  expect(received).toMatch(/^(HTTP\/1\.1 408|$)/)
  await server.close()
})

it('lets go of its clients: each answer is the last one on its connection, also to whoever asked before', async () => {
  const [answered, answer] = gate()
  const [begun, began] = gate()
  const server = await listen(
    async (request) => {
      if (request.url.endsWith('/slow')) {
        began()
        await answered
      }
      return new Response('done')
    },
    { host: '127.0.0.1', port: 0 },
  )
  expect((await fetch(server.url)).headers.get('Connection')).toBe('keep-alive')
  const slow = fetch(`${server.url}/slow`)
  await begun
  server.letGo()
  answer()
  expect((await slow).headers.get('Connection')).toBe('close')
  expect((await fetch(server.url)).headers.get('Connection')).toBe('close')
  await server.close()
})

it('closes the connection of a stream that began before', async () => {
  let end = () => {}
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(new TextEncoder().encode('a'))
      end = () => controller.close()
    },
  })
  const server = await listen(() => new Response(body), { host: '127.0.0.1', port: 0 })
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1')
  socket.write('GET / HTTP/1.1\r\nHost: here\r\n\r\n')
  await once(socket, 'data')
  server.letGo()
  end()
  socket.resume()
  await once(socket, 'end')
  await server.close()
})
