import { describe, expect, it, vi } from 'vitest'
import { makeLog } from '../platform/log.ts'
import type { EventMessage } from './envelope.ts'
import type { Producer } from './kafka.ts'
import { makePublisher } from './publisher.ts'

type Send = {
  readonly ids: readonly string[]
  readonly acks: number | undefined
  readonly acknowledge: () => void
  readonly fail: (error: Error) => void
}

const message = (id: string): EventMessage => ({ key: 'order', value: '{}', headers: { ce_id: id } })

/** A broker that answers each send when it is told to. */
function setUp() {
  const sends: Send[] = []
  let disconnected = false
  const producer: Pick<Producer, 'send' | 'disconnect'> = {
    send: ({ messages, acks }) =>
      new Promise((resolve, reject) => {
        const ids = messages.map(({ headers }) => String(headers?.['ce_id']))
        sends.push({ ids, acks, acknowledge: () => resolve([]), fail: reject })
      }),
    disconnect: () => {
      disconnected = true
      return Promise.resolve()
    },
  }
  const publisher = makePublisher(producer, 'orders', makeLog({ LOG_LEVEL: 'silent' }, 'test'))
  const publish = (...ids: readonly string[]): Promise<void> => publisher.publish(ids.map(message))
  const nthSend = (n: number): Promise<Send> =>
    vi.waitFor(
      () => {
        const send = sends[n - 1]
        if (send === undefined) throw new Error(`there is no send ${n} yet`)
        return send
      },
      { interval: 1 },
    )
  return { publisher, publish, sends, nthSend, disconnected: () => disconnected }
}

/** Lets everything happen that can happen by itself. */
async function turns(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve))
}

async function settled(promise: Promise<void>): Promise<boolean> {
  let done = false
  const mark = (): void => {
    done = true
  }
  promise.then(mark, mark)
  await turns()
  return done
}

describe('the publisher', () => {
  it('resolves only when all in-sync replicas have acknowledged', async () => {
    const { publish, nthSend } = setUp()
    const published = publish('a')
    const send = await nthSend(1)
    expect(send.acks).toBe(-1)
    expect(await settled(published)).toBe(false)
    send.acknowledge()
    await published
  })

  it('sends what is published in one turn as one batch, in order', async () => {
    const { publish, nthSend } = setUp()
    const all = Promise.all([publish('a', 'b'), publish('c'), publish('d', 'e')])
    const send = await nthSend(1)
    expect(send.ids).toEqual(['a', 'b', 'c', 'd', 'e'])
    send.acknowledge()
    await all
  })

  it('has one batch in flight: what comes meanwhile is the next one, in order', async () => {
    const { publish, sends, nthSend } = setUp()
    const first = publish('a')
    const { acknowledge } = await nthSend(1)
    const later = Promise.all([publish('b'), publish('c')])
    await turns()
    expect(sends).toHaveLength(1)
    acknowledge()
    await first
    const second = await nthSend(2)
    expect(second.ids).toEqual(['b', 'c'])
    second.acknowledge()
    await later
  })

  it('cuts what is too much for one batch and keeps its order', async () => {
    const { publish, sends, nthSend } = setUp()
    const ids = Array.from({ length: 1_001 }, (_, n) => `id-${n}`)
    const published = publish(...ids)
    for (const n of [1, 2, 3]) {
      const { acknowledge } = await nthSend(n)
      expect(sends).toHaveLength(n)
      acknowledge()
    }
    await published
    expect(sends.map((send) => send.ids.length)).toEqual([500, 500, 1])
    expect(sends.flatMap((send) => send.ids)).toEqual(ids)
  })

  it('joins an id that waits or is in flight already instead of sending it twice', async () => {
    const { publish, sends, nthSend } = setUp()
    const waiting = Promise.all([publish('a'), publish('a', 'a')])
    const { ids, acknowledge } = await nthSend(1)
    expect(ids).toEqual(['a'])
    const inFlight = publish('a')
    expect(await settled(inFlight)).toBe(false)
    acknowledge()
    await Promise.all([waiting, inFlight])
    await turns()
    expect(sends).toHaveLength(1)
  })

  it('sends an id again that is asked for again after its batch', async () => {
    const { publish, nthSend } = setUp()
    for (const n of [1, 2]) {
      const published = publish('a')
      const { ids, acknowledge } = await nthSend(n)
      expect(ids).toEqual(['a'])
      acknowledge()
      await published
    }
  })

  it('tells everyone who waits for a batch that it failed, and lets the next one through', async () => {
    const { publish, nthSend } = setUp()
    const failing = Promise.allSettled([publish('a'), publish('b'), publish('a')])
    const { fail } = await nthSend(1)
    const next = publish('c')
    const down = new Error('no broker')
    fail(down)
    expect(await failing).toEqual(Array.from({ length: 3 }, () => ({ status: 'rejected', reason: down })))
    const second = await nthSend(2)
    expect(second.ids).toEqual(['c'])
    second.acknowledge()
    await next
  })

  it('takes what failed when it is asked for again', async () => {
    const { publish, nthSend } = setUp()
    const failing = publish('a')
    const { fail } = await nthSend(1)
    fail(new Error('no broker'))
    await expect(failing).rejects.toThrow('no broker')
    const again = publish('a')
    const { acknowledge } = await nthSend(2)
    acknowledge()
    await again
  })

  it('sends nothing when there is nothing to publish', async () => {
    const { publish, sends } = setUp()
    await publish()
    await turns()
    expect(sends).toEqual([])
  })

  it('stops only when all that waits was sent, and disconnects then', async () => {
    const { publisher, publish, nthSend, disconnected } = setUp()
    const first = publish('a')
    const { acknowledge } = await nthSend(1)
    const second = publish('b')
    const stopped = publisher.stop()
    acknowledge()
    const last = await nthSend(2)
    expect(disconnected()).toBe(false)
    last.acknowledge()
    await Promise.all([first, second, stopped])
    expect(disconnected()).toBe(true)
  })
})
