import { CloudEvent } from 'cloudevents'
import { describe, expect, it } from 'vitest'
import { orderId } from '../../domain/ids.ts'
import type { OrderEvent } from '../../domain/saga/event.ts'
import { fromMessage } from '../../events/envelope.ts'
import { inventedMessages } from '../../events/golden-events.ts'
import { bodyOf, type Reader, testBody } from './body.ts'

const staff: Reader = { sees: 'all', publicUrl: 'https://shop.example/' }
const customer: Reader = { sees: 'own' }

type Body = { readonly data: Readonly<Record<string, unknown>> } & Readonly<Record<string, unknown>>
const read = (text: string): Body => JSON.parse(text) as Body
const all: readonly OrderEvent[] = inventedMessages()
  .filter(({ headers }) => /^(order|return)\./.test(headers['ce_type'] ?? ''))
  .map(({ key, value, headers }) =>
    fromMessage({ key: Buffer.from(key), value: Buffer.from(value), headers, partition: 0, offset: '0' }),
  )

describe('what is sent of an event', () => {
  it('is a CloudEvent, for every type and every reader', () => {
    expect(all.length).toBeGreaterThan(30)
    for (const event of all) {
      for (const reader of [staff, customer]) {
        expect(new CloudEvent(read(bodyOf(event, reader))).validate(), event.type).toBe(true)
      }
    }
    expect(new CloudEvent(read(testBody('test:1', new Date()))).validate()).toBe(true)
  })

  it('names where its schema is served, to those who are sent all that is in it', () => {
    expect(all.map((event) => read(bodyOf(event, staff))['dataschema'])).toContain(
      'https://shop.example/schemas/order.placed.v1.json',
    )
    expect(all.map((event) => bodyOf(event, customer)).join()).not.toContain('dataschema')
  })

  it('is all of it for those who see all orders', () => {
    for (const event of all) expect(read(bodyOf(event, staff)).data).toEqual(JSON.parse(JSON.stringify(event.data)))
  })

  it('shows customers neither the plan, nor asks, notes, and where the address is kept', () => {
    for (const event of all) {
      const text = bodyOf(event, customer)
      expect(text).not.toMatch(/"(plan|asks|fingerprint|note|addressId|paymentMethod|resolutionNumber)":/)
      expect(read(text).data).toMatchObject({ status: event.data.status })
    }
  })

  it('shows customers the kind of the staff that acted, not who it was', () => {
    const event: OrderEvent = {
      id: 'x:1',
      type: 'order.cancelled',
      orderId: orderId('x'),
      sequence: 1,
      time: '2026-01-31T09:30:00Z',
      data: { status: 'cancelled', actor: { kind: 'admin', id: 'somebody' } },
    }
    expect(read(bodyOf(event, customer)).data).toEqual({ status: 'cancelled', actor: { kind: 'admin' } })
    expect(read(bodyOf(event, staff)).data).toEqual(event.data)
  })
})
