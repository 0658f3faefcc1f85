import { createServer, type Server } from 'node:net'
import { expect, it } from 'vitest'
import { choosePorts, isFree } from './ports.ts'

const everyPort = () => Promise.resolve(true)

it('takes the wished ports where they are free, and others for the rest', async () => {
  const free = (port: number) => Promise.resolve(port !== 3306)
  expect(await choosePorts([7233, 3306, undefined], free, counter(20_000))).toEqual([7233, 20_000, 20_001])
})

it('never gives one port to two servers, though it is free when each is asked for', async () => {
  expect(await choosePorts([8000, 8000, undefined], everyPort, counter(8_000))).toEqual([8_000, 8_001, 8_002])
})

it('gives up when nothing is free', async () => {
  await expect(choosePorts([undefined], () => Promise.resolve(false), counter(1))).rejects.toThrow('No free port')
})

it('stays below the ports that systems give to outgoing connections', async () => {
  const ports = await choosePorts(
    Array.from({ length: 50 }, () => undefined),
    everyPort,
  )
  expect(Math.max(...ports)).toBeLessThan(32_768)
})

it.each(['127.0.0.1', '0.0.0.0'])('sees that a port is taken by a listener on %s', async (host) => {
  const { server, port } = await listen(host)
  expect(await isFree(port)).toBe(false)
  await new Promise((resolve) => server.close(resolve))
  expect(await isFree(port)).toBe(true)
})

function counter(from: number): () => number {
  let next = from
  return () => next++
}

function listen(host: string): Promise<{ readonly server: Server; readonly port: number }> {
  return new Promise((resolve) => {
    const server = createServer()
    server.listen(0, host, () => {
      const address = server.address()
      resolve({ server, port: typeof address === 'object' && address !== null ? address.port : 0 })
    })
  })
}
