import type { Address } from './addresses.ts'

export type Booking =
  | {
      readonly state: 'booked'
      readonly trackingNumber: string
      /** Where the label to print is, for carriers that make one. */
      readonly labelUrl?: string
    }
  | { readonly state: 'refused'; readonly code: string; readonly message: string }

export type Recall =
  { readonly state: 'cancelled' } | { readonly state: 'refused'; readonly code: string; readonly message: string }

/**
 * Where a parcel is, in words of our own. The last four are not what anybody hoped for: `failed` is a delivery that the
 * carrier gave up, `cancelled` is a parcel that we called back.
 */
export const trackingStatuses = [
  'booked',
  'dispatched',
  'delivered',
  'lost',
  'returned',
  'failed',
  'cancelled',
] as const
export type TrackingStatus = (typeof trackingStatuses)[number]

export type TrackingEvent = {
  /** The carrier's own: the same id is the same event. */
  readonly id: string
  readonly status: TrackingStatus
  /** RFC 3339. */
  readonly occurredAt: string
  readonly description?: string
  readonly location?: string
}

/** What a carrier knows or reports of a parcel. News may come doubled, early or in reverse order. */
export type Tracking = {
  readonly trackingNumber: string
  readonly status: TrackingStatus
  readonly events: readonly TrackingEvent[]
}

/**
 * Whoever carries the parcel. Every call carries the booking's key: the same key is the same parcel. A call that throws
 * has an unknown outcome, never a refusal.
 */
export type Carrier = {
  readonly name: CarrierName
  readonly book: (key: string, to: Address, signal: AbortSignal) => Promise<Booking>
  /** What became of the booking; undefined if the carrier has never heard of it. */
  readonly lookUp: (key: string, signal: AbortSignal) => Promise<Booking | undefined>
  /** The order is confirmed: the parcel may leave. */
  readonly handOver: (key: string, signal: AbortSignal) => Promise<void>
  /** Calls the parcel back; from then on the key can't be booked any more. Refused once it is delivered. */
  readonly cancel: (key: string, signal: AbortSignal) => Promise<Recall>
  /** Where the parcel is and was; undefined if the carrier has never heard of it. */
  readonly track: (key: string, signal: AbortSignal) => Promise<Tracking | undefined>
}

export const carrierNames = ['simulator', 'easypost'] as const
export type CarrierName = (typeof carrierNames)[number]

/** What a carrier reports by itself. With a key it is about that booking, else about whoever has the tracking number. */
export type TrackingNews = Tracking & { readonly key?: string }
