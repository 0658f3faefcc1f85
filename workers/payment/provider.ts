import type { Money } from '../../domain/money.ts'

/** A refusal that is final under its key: asking again gives it again. */
type Refusal = { readonly code: string; readonly message: string }

export type Authorization =
  | { readonly state: 'authorized'; readonly reference: string }
  | ({ readonly state: 'declined' } & Refusal)
  /** The provider has it and will know later. It tells by webhook, or when asked again. */
  | { readonly state: 'pending' }

export type Capture = { readonly state: 'captured' } | ({ readonly state: 'refused' } & Refusal)

export type Voiding = { readonly state: 'voided' } | ({ readonly state: 'refused' } & Refusal)

export type Refund =
  | { readonly state: 'refunded'; readonly reference: string }
  | { readonly state: 'pending' }
  | ({ readonly state: 'refused' } & Refusal)

export type AuthorizeRequest = { readonly amount: Money; readonly method: string; readonly orderId: string }

/** A movement upon what was authorized under `authorizeKey`. Its own key makes it one movement, however often asked. */
export type Movement = { readonly authorizeKey: string; readonly key: string }

/**
 * Whoever moves the money. Every call carries a key: the same key is the same movement, however often it is asked for.
 * A call that throws has an unknown outcome, never a refusal: it is made again under the same key.
 */
export type PaymentProvider = {
  readonly name: string
  /** Holds the amount. Asked again under the same key, it tells what became of it. */
  readonly authorize: (key: string, request: AuthorizeRequest, signal: AbortSignal) => Promise<Authorization>
  /** What became of the authorization with this key; undefined if it never was and never will be. */
  readonly lookUp: (key: string, signal: AbortSignal) => Promise<Authorization | undefined>
  /** Takes the whole amount, once. */
  readonly capture: (movement: Movement & { readonly amount: Money }, signal: AbortSignal) => Promise<Capture>
  /**
   * Frees what is held, pending or neither; from then on `authorizeKey` can't be authorized any more, whether it ever
   * was or not. Refused once the amount is captured.
   */
  readonly void: (movement: Movement, signal: AbortSignal) => Promise<Voiding>
  /** Pays a part or all of it back, never more in sum than was captured. */
  readonly refund: (movement: Movement & { readonly amount: Money }, signal: AbortSignal) => Promise<Refund>
}
