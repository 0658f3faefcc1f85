export type Booking =
  | { readonly state: 'booked'; readonly trackingNumber: string }
  | { readonly state: 'refused'; readonly code: string; readonly message: string }

export type Recall =
  { readonly state: 'cancelled' } | { readonly state: 'refused'; readonly code: string; readonly message: string }

export type Destination = { readonly country: string; readonly postalCode: string }

/**
 * Whoever carries the parcel. Every call carries the booking's key: the same key is the same parcel. A call that throws
 * has an unknown outcome, never a refusal.
 */
export type Carrier = {
  readonly name: string
  readonly book: (key: string, to: Destination, signal: AbortSignal) => Promise<Booking>
  /** What became of the booking; undefined if the carrier has never heard of it. */
  readonly lookUp: (key: string, signal: AbortSignal) => Promise<Booking | undefined>
  /** The order is confirmed: the parcel may leave. */
  readonly handOver: (key: string, signal: AbortSignal) => Promise<void>
  /** Calls the parcel back; from then on the key can't be booked any more. Refused once it is delivered. */
  readonly cancel: (key: string, signal: AbortSignal) => Promise<Recall>
}

/** What a carrier reports by itself. May come doubled, early or in reverse order. */
export type Movement = {
  readonly key: string
  readonly trackingNumber: string
  readonly movement: 'dispatched' | 'delivered'
}
