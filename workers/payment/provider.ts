import type { Money } from '../../domain/money.ts'

export type Authorization =
  | { readonly state: 'authorized'; readonly reference: string }
  | { readonly state: 'declined'; readonly code: string; readonly message: string }

export type Capture =
  { readonly state: 'captured' } | { readonly state: 'refused'; readonly code: string; readonly message: string }

/**
 * Whoever moves the money. Every call carries a key: the same key is the same movement, however often it is asked for.
 * A call that throws has an unknown outcome, never a refusal.
 */
export type PaymentProvider = {
  readonly name: string
  readonly authorize: (
    key: string,
    request: { readonly amount: Money; readonly method: string; readonly orderId: string },
    signal: AbortSignal,
  ) => Promise<Authorization>
  /** What became of the authorization with this key; undefined if the provider has never heard of it. */
  readonly lookUp: (key: string, signal: AbortSignal) => Promise<Authorization | undefined>
  /** Captures what was authorized under `authorizeKey`. */
  readonly capture: (authorizeKey: string, captureKey: string, signal: AbortSignal) => Promise<Capture>
  /** Frees the amount; from then on the key can't be authorized any more, whether it ever was or not. */
  readonly void: (authorizeKey: string, signal: AbortSignal) => Promise<void>
}
