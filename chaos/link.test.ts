import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { type Link, openLink } from './link.ts'

const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup()
})

/** A server that says back what it hears, behind a link. */
async function echoBehind(): Promise<Link> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined) // cut off: nobody is left to be told
    socket.pipe(socket)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const at = server.address()
  const link = await openLink()
  link.leadTo(`127.0.0.1:${typeof at === 'object' ? at?.port : ''}`)
  cleanups.push(
    () => link.close(),
    () => server.close(),
  )
  return link
}

const dial = (link: Link) => {
  const [host = '', port = ''] = link.address.split(':')
  const socket = connect(Number(port), host)
  cleanups.push(() => socket.destroy())
  return socket
}

describe('a link', () => {
  it('carries what is sent, both ways', async () => {
    const socket = dial(await echoBehind())
    socket.write('hello')
    expect(String((await once(socket, 'data'))[0])).toBe('hello')
  })

  it('cut off, resets the connections that stand and those that come', async () => {
    const link = await echoBehind()
    const before = dial(link)
    before.write('hello')
    await once(before, 'data')
    link.turn({ kind: 'cut' })
    expect(await once(before, 'error')).toMatchObject([{ code: 'ECONNRESET' }])
    expect(await once(dial(link), 'error')).toMatchObject([{ code: 'ECONNRESET' }])
  })

  it('in a black hole, keeps what was sent, and brings it when it is over', async () => {
    const link = await echoBehind()
    const socket = dial(link)
    socket.write('before')
    await once(socket, 'data')
    link.turn({ kind: 'hole' })
    const heard = once(socket, 'data')
    socket.write('meanwhile')
    link.turn({ kind: 'fair' })
    expect(String((await heard)[0])).toBe('meanwhile')
  })
})
