import { describe, expect, it } from 'vitest'
import { orderId } from '../domain/ids.ts'
import type { OrderStatus } from '../domain/order.ts'
import type { EventType } from '../domain/saga/event.ts'
import type { ReceivedEvent } from '../events/envelope.ts'
import { makeNumbering } from './numbering.ts'

const id = '0d8f3c52-6a52-4a0e-9c7e-3f1f1b0a5d11'

function number(...events: readonly (readonly [sequence: number, status?: OrderStatus, type?: EventType])[]) {
  const faults: string[] = []
  const numbering = makeNumbering((_order, fault) => faults.push(fault))
  const repeats = events.filter(([sequence, status = 'processing', type = 'order.confirmed']) => {
    const event: ReceivedEvent = {
      id: `${id}:${sequence}`,
      type,
      orderId: orderId(id),
      sequence,
      time: '2030-01-01T10:00:00.000Z',
      data: { status, actor: { kind: 'system', id: 'saga' } },
      hash: '',
    }
    return numbering.isRepeat(event)
  })
  return { faults, repeats: repeats.map(([sequence]) => sequence), count: numbering.count() }
}

describe('the numbers of events', () => {
  it('count up from 1', () => {
    expect(number([1], [2], [3, 'delivered'])).toEqual({ faults: [], repeats: [], count: 1 })
  })

  it('may come again, before and after the end', () => {
    expect(number([1], [2], [1], [2], [3, 'delivered'], [2])).toEqual({ faults: [], repeats: [1, 2, 2], count: 1 })
  })

  it('may come again backwards, as a drill sends them', () => {
    expect(number([1], [2], [3, 'delivered'], [3, 'delivered'], [2], [1]).faults).toEqual([])
    expect(number([1], [2], [2], [1], [3, 'delivered'], [1], [2]).faults).toEqual([])
  })

  it('have no gap, and each gap is named once', () => {
    expect(number([1], [4], [5]).faults).toEqual(['events 2 to 3 are missing'])
    expect(number([1], [3], [2]).faults).toEqual(['event 2 is missing'])
  })

  it('are others for the returns', () => {
    const returned = 'return.requested'
    expect(number([1], [2, 'delivered'], [1, 'delivered', returned], [2, 'delivered', returned])).toEqual({
      faults: [],
      repeats: [],
      count: 2,
    })
    expect(number([1, 'delivered', returned], [3, 'delivered', returned]).faults).toEqual([
      'event 2 of its returns is missing',
    ])
  })
})
