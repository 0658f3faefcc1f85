import { describe, expect, it } from 'vitest'
import { drive } from '../../domain/saga/testing.ts'
import type { ReceivedEvent } from '../envelope.ts'
import { classify } from '../failure.ts'
import { type Inbox, markKey } from './inbox.ts'
import { GapFound, makeTakeIn, type TakeIn } from './take-in.ts'

const order = drive()
order.completes('fetch', 'weigh', 'price', 'wrap')
const events: readonly ReceivedEvent[] = order.events.map((event) => ({ ...event, hash: event.id }))

/** A store in memory that keeps all or nothing. */
function memoryInbox(): Inbox<string[]> & { readonly effects: () => readonly string[] } {
  let marks = new Map<string, string>()
  let effects: readonly string[] = []
  return {
    effects: () => effects,
    prepare: () => Promise.resolve(),
    async transact(work) {
      const [before, written] = [new Map(marks), [...effects]]
      try {
        await work(written)
        effects = written
      } catch (error) {
        marks = before
        throw error
      }
    },
    async claim(_tx, _group, wanted) {
      const fresh = new Set(wanted.map(markKey).filter((key) => !marks.has(key)))
      for (const mark of wanted) if (fresh.has(markKey(mark))) marks.set(markKey(mark), mark.hash)
      return Promise.resolve({ fresh, known: new Map(marks) })
    },
  }
}

function setUp(options: Partial<TakeIn<string[]>> = {}) {
  const inbox = memoryInbox()
  const told: string[] = []
  const { takeIn, counts } = makeTakeIn<string[]>({
    group: 'test',
    inbox,
    handle: async ({ id }, effects) => void effects.push(id),
    onGap: ({ sequence }) => told.push(`gap before ${sequence}`),
    onDuplicate: ({ sequence }) => told.push(`again ${sequence}`),
    onAltered: ({ sequence }) => told.push(`altered ${sequence}`),
    ...options,
  })
  return { inbox, told, takeIn, counts }
}

describe('what a consumer takes in', () => {
  it('is handled once, though it comes again in the same batch and later', async () => {
    const { inbox, takeIn, counts } = setUp()
    await takeIn([...events, ...events])
    await takeIn(events)
    expect(inbox.effects()).toEqual(events.map(({ id }) => id))
    expect(counts()).toEqual({ handled: events.length, duplicates: 2 * events.length, gaps: 0, altered: 0 })
  })

  it('is told of where the event before has not come, and of that one when it comes late', async () => {
    const { inbox, told, takeIn } = setUp()
    await takeIn(events.filter(({ sequence }) => sequence !== 2))
    expect(told).toEqual(['gap before 3'])
    await takeIn(events.slice(1, 2))
    expect(told).toEqual(['gap before 3'])
    expect(inbox.effects()).toContain(events[1]?.id)
  })

  it('stands still at a gap where that is wanted: nothing of the batch is kept, and it is an outage', async () => {
    const { inbox, takeIn, counts } = setUp({ gaps: 'stop' })
    const error = await takeIn(events.filter(({ sequence }) => sequence !== 2)).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(GapFound)
    expect(classify(error)).toBe('outage')
    expect([inbox.effects(), counts().handled]).toEqual([[], 0])
    await takeIn(events)
    expect(counts().handled).toBe(events.length)
  })

  it('is counted without being handled where it is of no wanted type, so that it leaves no gap', async () => {
    const { inbox, takeIn, counts } = setUp({ types: ['order.confirmed'] })
    await takeIn(events)
    expect(inbox.effects()).toHaveLength(1)
    expect(counts()).toMatchObject({ handled: 1, gaps: 0 })
  })

  it('is told of where the same id comes with other content', async () => {
    const { told, takeIn } = setUp()
    await takeIn(events.slice(0, 1))
    await takeIn(events.slice(0, 1).map((event) => ({ ...event, hash: 'other' })))
    expect(told).toEqual(['again 1', 'altered 1'])
  })

  it('is not taken in where the handler throws, and comes again', async () => {
    let broken = true
    const { inbox, takeIn, counts } = setUp({
      handle: async ({ id }, effects) => {
        effects.push(id)
        if (broken) throw new Error('not now')
      },
    })
    await expect(takeIn(events)).rejects.toThrow('not now')
    expect([inbox.effects(), counts().handled]).toEqual([[], 0])
    broken = false
    await takeIn(events)
    expect(counts()).toMatchObject({ handled: events.length, duplicates: 0 })
  })
})
