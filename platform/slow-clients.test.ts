import { once } from 'node:events'
import { connect } from 'node:net'
import { expect, it } from 'vitest'
import { listen } from './http-server.ts'
import { serveMetrics } from './metrics-server.ts'

const short = { headersTimeout: 300, requestTimeout: 300, connectionsCheckingInterval: 50 }

const slow = [
  ['says nothing', '', ''],
  ['sends the head byte by byte', 'GET /healthz HTTP/1.1\r\nHost: here\r\nX-Long: ', 'x'],
  ['sends the body byte by byte', 'POST /healthz HTTP/1.1\r\nHost: here\r\nContent-Length: 100000\r\n\r\n', 'x'],
  [
    'sends chunks of a byte',
    'POST /healthz HTTP/1.1\r\nHost: here\r\nTransfer-Encoding: chunked\r\n\r\n',
    '1\r\nx\r\n',
  ],
] as const

/** Never idle for longer than 20 ms. @returns once the other side hangs up. */
async function drip(port: number, start: string, piece: string): Promise<void> {
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => undefined) // a reset is a way to hang up
  const closed = once(socket.resume(), 'close')
  if (start !== '') socket.write(start)
  const dripping = setInterval(() => piece !== '' && socket.writable && socket.write(piece), 20)
  await closed
  clearInterval(dripping)
}

async function expectSlowCut(port: number, url: string): Promise<void> {
  let areHeld = true
  const cut = Promise.all(
    slow.flatMap(([, start, piece]) => Array.from({ length: 10 }, () => drip(port, start, piece))),
  )
  const over = cut.then(() => (areHeld = false))
  do expect((await fetch(url)).status).toBe(200)
  while (areHeld)
  await over
}

it('the API hangs up on slow clients, and answers others meanwhile', async () => {
  const server = await listen(
    async (request) => new Response(await request.text()),
    { host: '127.0.0.1', port: 0 },
    short,
  )
  await expectSlowCut(Number(new URL(server.url).port), server.url)
  await server.close()
})

it('so do the metrics of a worker', async () => {
  const server = await serveMetrics({ METRICS_PORT: 0, OPERATIONS_OPEN: false }, [], short)
  await expectSlowCut(server.port, `http://127.0.0.1:${server.port}/healthz`)
  await server.close()
})
