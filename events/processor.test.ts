import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { orderId } from '../domain/ids.ts'
import { eventId } from '../domain/saga/event.ts'
import { makeLog } from '../platform/log.ts'
import { header, type RawMessage, type ReceivedEvent, toMessage } from './envelope.ts'
import { makeProcessor, type Stop } from './processor.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const idOf = (order: number): string => `00000000-0000-4000-8000-${String(order).padStart(12, '0')}`

function message(order: number, sequence = 1): RawMessage {
  const id = orderId(idOf(order))
  const { key, value, headers } = toMessage({
    id: eventId(id, sequence),
    type: 'order.confirmed',
    orderId: id,
    sequence,
    time: '2030-01-01T10:00:00.000Z',
    data: { status: 'confirmed', actor: { kind: 'system', id: 'saga' } },
  })
  return { key: Buffer.from(key), value: Buffer.from(value), headers, partition: 0, offset: `${order}.${sequence}` }
}

const garbage = (order: number): RawMessage => ({ ...message(order), value: Buffer.from('garbage') })
const orders = (...numbers: readonly number[]): readonly RawMessage[] => numbers.map((order) => message(order))

const outage = (): Error => Object.assign(new Error('not there'), { code: 'ECONNREFUSED' })
const goOn: Stop = { requested: () => false, beat: () => Promise.resolve() }

type Fakes = {
  readonly accepts?: (message: RawMessage) => boolean
  /** Throws what goes wrong with an event; tries count from 1, per call of `handle`. */
  readonly failsWith?: (offset: string, tries: number) => Error | undefined
  readonly store?: (tries: number) => Error | undefined
  readonly tell?: (tries: number) => Error | undefined
}

/** A processor, what it handled for good and what it buried. */
function setUp({ accepts = () => true, failsWith, store, tell }: Fakes = {}) {
  const tries = { handle: 0, store: 0, tell: 0 }
  const handled: string[] = []
  const buried: string[] = []
  const attempts: number[] = []
  const told: string[] = []
  const offsetOf = ({ orderId: id, sequence }: ReceivedEvent): string => `${Number(id.slice(-12))}.${sequence}`
  const failIf = (error: Error | undefined): void => {
    if (error !== undefined) throw error
  }
  const process = makeProcessor({
    accepts,
    async handle(events) {
      tries.handle += 1
      for (const event of events) failIf(failsWith?.(offsetOf(event), tries.handle))
      handled.push(...events.map(offsetOf))
    },
    deadLetters: {
      async store({ offset }, _error, failures) {
        failIf(store?.((tries.store += 1)))
        buried.push(offset)
        attempts.push(failures)
      },
    },
    async onDeadLetter({ offset }) {
      failIf(tell?.((tries.tell += 1)))
      told.push(offset)
    },
    log: makeLog({ LOG_LEVEL: 'silent' }, 'test'),
  })
  return { process, handled, buried, attempts, told, tries }
}

/** The result, with all the waiting done at once. */
async function atOnce<Result>(result: Promise<Result>): Promise<Result> {
  const [value] = await Promise.all([result, vi.runAllTimersAsync()])
  return value
}

describe('a batch', () => {
  it('is handled as one, in its order', async () => {
    const { process, handled, tries } = setUp()
    expect(await process([message(1, 1), message(2, 1), message(1, 2)], goOn)).toBe(true)
    expect(handled).toEqual(['1.1', '2.1', '1.2'])
    expect(tries.handle).toBe(1)
  })

  it('is chosen from by headers alone: what is not for this service may be garbage', async () => {
    const { process, handled, buried } = setUp({ accepts: (one) => header(one, 'ce_subject') === idOf(2) })
    expect(await process([garbage(1), message(2)], goOn)).toBe(true)
    expect([handled, buried]).toEqual([['2.1'], []])
  })

  it('of nothing for this service is done without a call', async () => {
    const { process, tries } = setUp({ accepts: () => false })
    expect(await process(orders(1, 2), goOn)).toBe(true)
    expect(tries.handle).toBe(0)
  })
})

describe('an outage', () => {
  it('is waited out as long as it takes, with the order kept and nothing buried', async () => {
    const { process, handled, buried } = setUp({ failsWith: (_, tries) => (tries <= 20 ? outage() : undefined) })
    expect(await atOnce(process([message(1, 1), message(2, 1), message(1, 2)], goOn))).toBe(true)
    expect([handled, buried]).toEqual([['1.1', '2.1', '1.2'], []])
  })

  it('says each time that the partition stands still, and a bug of one message does not', async () => {
    const told: unknown[] = []
    const waits = (error: unknown) => told.push((error as { code?: unknown }).code)
    const { process } = setUp({ failsWith: (_, tries) => (tries <= 3 ? outage() : undefined) })
    await atOnce(process(orders(1), { ...goOn, waits }))
    expect(told).toEqual(['ECONNREFUSED', 'ECONNREFUSED', 'ECONNREFUSED'])
    const buggy = setUp({ failsWith: () => new TypeError('a bug') })
    await atOnce(buggy.process(orders(1), { ...goOn, waits }))
    expect(told).toHaveLength(3)
  })

  it('costs nobody the membership: there is a heartbeat at least every half second', async () => {
    const beats: number[] = [Date.now()]
    const beat = async (): Promise<void> => {
      beats.push(Date.now())
    }
    const { process } = setUp({ failsWith: (_, tries) => (tries <= 10 ? outage() : undefined) })
    await atOnce(process(orders(1), { ...goOn, beat }))
    const gaps = beats.slice(1).map((time, n) => time - (beats[n] ?? 0))
    expect(gaps.length).toBeGreaterThan(20)
    expect(Math.max(...gaps)).toBeLessThanOrEqual(500)
  })

  it('of the dead-letter topic or of telling is waited out before anything else moves on', async () => {
    const away = (tries: number): Error | undefined => (tries <= 4 ? outage() : undefined)
    const { process, handled, buried, told, tries } = setUp({ store: away, tell: away })
    expect(await atOnce(process([garbage(1), message(2)], goOn))).toBe(true)
    expect([buried, told, handled]).toEqual([['1.1'], ['1.1'], ['2.1']])
    expect([tries.store, tries.tell]).toEqual([5, 5])
  })
})

it('a deadlock repeats the whole batch and counts against no message', async () => {
  const deadlock = Object.assign(new Error('try restarting'), { code: 'ER_LOCK_DEADLOCK' })
  const { process, handled, buried } = setUp({ failsWith: (_, tries) => (tries <= 10 ? deadlock : undefined) })
  expect(await atOnce(process(orders(1, 2), goOn))).toBe(true)
  expect([handled, buried]).toEqual([['1.1', '2.1'], []])
})

describe('poison', () => {
  it('that can not be read goes to the dead letters at once and the others move on', async () => {
    const { process, handled, buried, told, attempts } = setUp()
    expect(await process([message(1), garbage(2), message(3)], goOn)).toBe(true)
    expect([handled, buried, told, attempts]).toEqual([['1.1', '3.1'], ['2.1'], ['2.1'], [1]])
  })

  it('that fails alone three times goes to the dead letters and the others move on in order', async () => {
    const bug = (offset: string): Error | undefined => (offset === '2.1' ? new TypeError('a bug') : undefined)
    const { process, handled, buried, told, attempts } = setUp({ failsWith: bug })
    expect(await atOnce(process([message(1), message(2), message(3, 1), message(3, 2)], goOn))).toBe(true)
    expect([handled, buried, told, attempts]).toEqual([['1.1', '3.1', '3.2'], ['2.1'], ['2.1'], [3]])
  })

  it('is not what failed twice and then went well', async () => {
    const { process, handled, buried } = setUp({
      failsWith: (_, tries) => (tries <= 2 ? new TypeError('a bug') : undefined),
    })
    expect(await atOnce(process(orders(1), goOn))).toBe(true)
    expect([handled, buried]).toEqual([['1.1'], []])
  })

  it('is not hastened by outages between its failures', async () => {
    const failures = [outage(), new TypeError('1'), outage(), new TypeError('2'), outage(), outage()]
    const { process, handled, buried } = setUp({ failsWith: (_, tries) => failures[tries - 1] })
    expect(await atOnce(process(orders(1), goOn))).toBe(true)
    expect([handled, buried]).toEqual([['1.1'], []])
  })

  it('now and then, with successes between, never adds up to an outage', async () => {
    const isOdd = (offset: string): boolean => Math.floor(Number(offset)) % 2 === 1
    const { process, handled, buried } = setUp({
      failsWith: (offset) => (isOdd(offset) ? new TypeError('a bug') : undefined),
    })
    expect(await atOnce(process(orders(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12), goOn))).toBe(true)
    expect(buried).toEqual(['1.1', '3.1', '5.1', '7.1', '9.1', '11.1'])
    expect(handled).toEqual(['2.1', '4.1', '6.1', '8.1', '10.1', '12.1'])
  })
})

describe('many different orders failing alike', () => {
  it('on several partitions are an outage: waited out, no dead letter', async () => {
    const { process, handled, buried } = setUp({
      failsWith: (_, tries) => (tries <= 60 ? new TypeError('a bad deployment') : undefined),
    })
    const partitions = [1, 2, 3, 4, 5].map((order) => process(orders(order), goOn))
    expect(await atOnce(Promise.all(partitions))).toEqual([true, true, true, true, true])
    expect([[...handled].sort(), buried]).toEqual([['1.1', '2.1', '3.1', '4.1', '5.1'], []])
  })

  it('in one batch are an outage too: none is buried, and all are handled afterwards', async () => {
    const { process, handled, buried } = setUp({
      failsWith: (_, tries) => (tries <= 60 ? new TypeError('a bad deployment') : undefined),
    })
    expect(await atOnce(process(orders(1, 2, 3, 4, 5, 6, 7, 8), goOn))).toBe(true)
    expect(buried).toEqual([])
    expect([...handled].sort()).toEqual(['1.1', '2.1', '3.1', '4.1', '5.1', '6.1', '7.1', '8.1'])
  })
})

describe('a stop', () => {
  const stopAfter = (beats: number): Stop => {
    let seen = 0
    return {
      requested: () => seen >= beats,
      beat: async () => {
        seen += 1
      },
    }
  }

  it('before the batch leaves all of it to whoever gets the partition next', async () => {
    const { process, tries } = setUp()
    expect(await process(orders(1), stopAfter(0))).toBe(false)
    expect(tries.handle).toBe(0)
  })

  it('during an outage ends the waiting with the batch not done', async () => {
    const { process, handled, buried } = setUp({ failsWith: outage })
    expect(await atOnce(process(orders(1, 2), stopAfter(7)))).toBe(false)
    expect([handled, buried]).toEqual([[], []])
  })

  it('while a dead letter can not be stored leaves the batch not done', async () => {
    const { process, handled, buried } = setUp({ store: outage })
    expect(await atOnce(process([garbage(1), message(2)], stopAfter(3)))).toBe(false)
    expect([handled, buried]).toEqual([[], []])
  })

  it('between the events of a batch taken one by one leaves it not done', async () => {
    const bug = (_: string, tries: number): Error | undefined => (tries === 1 ? new TypeError('a bug') : undefined)
    const { process, handled } = setUp({ failsWith: bug })
    expect(await atOnce(process(orders(1, 2, 3), stopAfter(2)))).toBe(false)
    expect(handled).toEqual(['1.1', '2.1'])
  })

  it('that comes as a rebalance reaches kafkajs, which has to know', async () => {
    const { process } = setUp({ failsWith: outage })
    const rebalance = (): Promise<void> => Promise.reject(new Error('The group is rebalancing'))
    await expect(atOnce(process(orders(1), { ...goOn, beat: rebalance }))).rejects.toThrow('rebalancing')
  })
})
