import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { Transform } from 'node:stream'

/** What a network does: its best, be slow, cut every connection as soon as it is there, or swallow everything. */
export type Weather = { readonly kind: 'fair' | 'cut' | 'hole' } | { readonly kind: 'slow'; readonly ms: number }

export type Link = {
  /** `host:port` to be used instead of the server's own. */
  readonly address: string
  /** Where it leads; nothing gets through before. */
  readonly leadTo: (address: string) => void
  readonly turn: (weather: Weather) => void
  readonly close: () => Promise<void>
}

type Pair = { readonly near: Socket; readonly far: Socket }

/** A wire of ours between a process and a server, for faults that only a network has. */
export async function openLink(): Promise<Link> {
  const pairs = new Set<Pair>()
  let target: readonly [string, number] | undefined
  let weather: Weather = { kind: 'fair' }

  const server = createServer((near) => {
    if (target === undefined || weather.kind === 'cut') return near.resetAndDestroy()
    const far = connect(target[1], target[0])
    const pair = { near, far }
    pairs.add(pair)
    join(near, far)
    join(far, near)
    if (weather.kind === 'hole') pause(pair)
    return undefined
  })

  /** What ends or breaks on one side does so on the other: both ends have to see it. */
  function join(from: Socket, to: Socket): void {
    from.setNoDelay(true)
    from.pipe(slowed(() => (weather.kind === 'slow' ? weather.ms : 0))).pipe(to)
    from.on('error', () => to.destroy())
    from.on('close', () => {
      to.destroy()
      for (const pair of pairs) if (pair.near === from || pair.far === from) pairs.delete(pair)
    })
  }

  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const at = server.address()
  if (at === null || typeof at === 'string') throw new Error('a link has a port')
  return {
    address: `127.0.0.1:${at.port}`,
    leadTo(address) {
      const [host = '', port = ''] = address.split(':')
      target = [host, Number(port)]
    },
    turn(next) {
      weather = next
      const act = { cut, hole: pause, fair: resume, slow: resume }[next.kind]
      for (const pair of pairs) act(pair)
    },
    async close() {
      for (const { near, far } of pairs) for (const end of [near, far]) end.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

const cut = ({ near, far }: Pair): void => [near, far].forEach((end) => end.resetAndDestroy())
/** Nobody hears anything and nobody is told: the connection stands, what was sent waits in it. */
const pause = ({ near, far }: Pair): void => [near, far].forEach((end) => end.pause())
const resume = ({ near, far }: Pair): void => [near, far].forEach((end) => end.resume())

const slowed = (delayMs: () => number): Transform =>
  new Transform({
    transform(chunk, _encoding, done) {
      const ms = delayMs()
      if (ms === 0) done(null, chunk)
      else setTimeout(() => done(null, chunk), ms)
    },
  })
