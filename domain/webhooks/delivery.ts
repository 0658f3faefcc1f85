/** How a delivery ends; the last three can be asked for once more. */
export const deliveryStatuses = ['pending', 'delivered', 'refused', 'exhausted', 'endpoint_disabled'] as const
export type DeliveryStatus = (typeof deliveryStatuses)[number]

/** One try, as the workflow asks for it. */
export type Try = {
  readonly deliveryId: string
  /** The pause after it, should it fail; undefined where it is the last one. */
  readonly waitMs?: number
  /** A person asked: it goes out although the breaker is open. */
  readonly byHand?: true
  /** To see whether it arrives: an endpoint that is disabled is tried too, and no failure counts. */
  readonly isTest?: true
}

export type TryResult =
  | { readonly kind: 'over'; readonly status: Exclude<DeliveryStatus, 'pending'> }
  /** The delivery is not there any more: its endpoint was deleted, or its owner erased. */
  | { readonly kind: 'forgotten' }
  | { readonly kind: 'failed'; readonly waitMs: number }
  /** Nothing was sent: the endpoint's breaker is open. */
  | { readonly kind: 'held'; readonly waitMs: number }

/** What the delivery workflow asks of the outside world. It may be repeated: a receiver knows an event by its id. */
export type WebhookActivities = {
  readonly deliver: (request: Try) => Promise<TryResult>
}
