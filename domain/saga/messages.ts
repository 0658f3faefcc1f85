import type { Actor } from '../order.ts'
import { type Action, actions, type Reason } from './event.ts'

/** A participant's answer to an ask. The first one per (step, action, round) wins; the others change nothing. */
export type Answer = {
  readonly step: string
  readonly action: Action
  readonly round: number
  readonly outcome: 'completed' | 'rejected' | 'undoRefused'
  readonly reason?: Reason
  readonly payment?: Readonly<Record<string, unknown>>
  readonly shipment?: Readonly<Record<string, unknown>>
  /** An admin's words, where one answered; not for customers. */
  readonly note?: string
  /** When it was sent: an outage between storing and sending must not eat the next stage's deadline. */
  readonly at: string
}

export const movements = ['dispatched', 'delivered', 'lost', 'returned', 'failed'] as const

/** The carrier moved the parcel. May come doubled, early or in reverse order. */
export type ParcelMoved = {
  /** The last three: it will not arrive, as far as the carrier knows. */
  readonly movement: (typeof movements)[number]
  readonly shipment?: Readonly<Record<string, unknown>>
  readonly at: string
}

/** A service could not process the event that asked it. Not an answer: the deadline still decides. */
export type DeadLettered = {
  readonly step: string
  readonly action: Action
  readonly reason: Reason
  readonly at: string
}

export type Cancel = { readonly by: Actor; readonly reason?: string; readonly at: string }

export type Retry = { readonly step: string; readonly note: string; readonly by: Actor; readonly at: string }

/** An admin did it outside, and says so. */
export type DoneByHand = Retry
/** Another admin agrees to what one says was done by hand. */
export type ApproveResolution = { readonly number: number; readonly by: Actor; readonly at: string }

/** An order whose workflow is gone is taken up again, from what its events tell; and perhaps undone at once. */
export type Resume = {
  readonly undo: boolean
  readonly note: string
  readonly by: Actor
  readonly at: string
  /** Absent in workflows that were resumed before this was known: those have to replay as they ran. */
  readonly asksAgain?: true
}

/** An admin answers a step that waits for staff. */
export type DecideStep = {
  readonly step: string
  readonly approve: boolean
  readonly note?: string
  readonly by: Actor
  readonly at: string
}

export type ChangeDeadline = {
  readonly step: string
  /** RFC 3339. */
  readonly deadlineAt: string
  readonly note: string
  readonly by: Actor
  readonly at: string
  /** Refused where the deadline that runs is as late already; without it a deadline may be shortened. */
  readonly onlyLater?: true
}

/** The customer's answer to a decline. */
export type ChangePaymentMethod = { readonly paymentMethod: string; readonly by: Actor; readonly at: string }

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isTime = (value: unknown): boolean =>
  typeof value === 'string' && /(Z|[+-]\d\d:\d\d)$/.test(value) && !Number.isNaN(Date.parse(value))
const isOptionalObject = (value: unknown): boolean => value === undefined || isObject(value)
const isReason = (value: unknown): boolean =>
  isObject(value) && typeof value['code'] === 'string' && typeof value['message'] === 'string'
const isOneOf = (values: readonly string[], value: unknown): boolean =>
  typeof value === 'string' && values.includes(value)

/** Guards by hand: a schema library costs more in the workflow sandbox than the whole saga does. */
export const isAnswer = (value: unknown): value is Answer =>
  isObject(value) &&
  typeof value['step'] === 'string' &&
  isOneOf(actions, value['action']) &&
  Number.isInteger(value['round']) &&
  isOneOf(['completed', 'rejected', 'undoRefused'], value['outcome']) &&
  (value['outcome'] !== 'undoRefused' || value['action'] === 'compensate') &&
  (value['reason'] === undefined || isReason(value['reason'])) &&
  isOptionalObject(value['payment']) &&
  isOptionalObject(value['shipment']) &&
  isTime(value['at'])

export const isParcelMoved = (value: unknown): value is ParcelMoved =>
  isObject(value) && isOneOf(movements, value['movement']) && isOptionalObject(value['shipment']) && isTime(value['at'])

export const isDeadLettered = (value: unknown): value is DeadLettered =>
  isObject(value) &&
  typeof value['step'] === 'string' &&
  isOneOf(actions, value['action']) &&
  isReason(value['reason']) &&
  isTime(value['at'])
