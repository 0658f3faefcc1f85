import { z } from 'zod'
import type { TrackingStatus } from '../carrier.ts'
import type { WebhookEvent } from './receive.ts'

const types = {
  'parcel.booked': 'booked',
  'parcel.dispatched': 'dispatched',
  'parcel.in_transit': 'dispatched',
  'parcel.delivered': 'delivered',
  'parcel.lost': 'lost',
  'parcel.returned': 'returned',
  'parcel.failed': 'failed',
} as const satisfies Readonly<Record<string, TrackingStatus>>

type EventType = keyof typeof types
const typeNames = Object.keys(types) as [EventType, ...EventType[]]

export const printable = (most: number) => z.string().regex(new RegExp(`^[!-~]{1,${most}}$`))

/** What the simulator sends. Members that are not listed are left alone. */
const simulatorEvent = z.object({
  id: printable(120),
  type: z.enum(typeNames),
  /** RFC 3339. */
  occurredAt: z.iso.datetime({ offset: true }),
  data: z.object({
    /** Of the booking: `<order>:<step>:perform:1`. */
    key: printable(160).optional(),
    trackingNumber: printable(64),
    location: z.string().max(200).optional(),
    description: z.string().max(500).optional(),
  }),
})

/** @throws ZodError */
export function readSimulatorEvent(body: unknown): WebhookEvent {
  const { id, type, occurredAt, data } = simulatorEvent.parse(body)
  const { key, trackingNumber, location, description } = data
  const status = types[type]
  const event = {
    id,
    status,
    occurredAt: new Date(occurredAt).toISOString(),
    ...(description !== undefined && { description }),
    ...(location !== undefined && { location }),
  }
  const news = { ...(key !== undefined && { key }), trackingNumber, status, events: [event] }
  return { carrier: 'simulator', id, type, news }
}
