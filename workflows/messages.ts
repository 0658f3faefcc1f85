import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow'
import type { Order, OrderStatus } from '../domain/order.ts'
import { type EventType, type Outcome, type Reason, subjectOf } from '../domain/saga/event.ts'
import type * as saga from '../domain/saga/messages.ts'
import type * as returns from '../domain/returns/messages.ts'
import type { ReturnRules, Returns } from '../domain/returns/state.ts'
import type { ReturnView } from '../domain/returns/view.ts'
import type { Plan } from '../domain/saga/plan.ts'
import type { Saga } from '../domain/saga/state.ts'
import type { SagaView } from '../domain/saga/view.ts'
import type { DeliveryStatus } from '../domain/webhooks/delivery.ts'

export const orderWorkflowType = 'orderWorkflow'

/** The workflow's only argument. Its id is the order's id. */
export type OrderInput = {
  readonly order: Order
  readonly plan: Plan
  /** SHA-256 of the request's body, base64url. */
  readonly fingerprint: string
  readonly traceparent?: string
  /** An order under way whose workflow is gone: as its events tell it, and what to do. */
  readonly resume?: { readonly saga: Saga; readonly request: saga.Resume }
}

/** What readers are told of an order until the projection has it. */
export type OrderMemo = { readonly order: Order; readonly fingerprint: string }

/** Participants answer; a payload that is not an `Answer` is logged and ignored. */
export const participantAnswered = defineSignal<[saga.Answer]>('participantAnswered')
export const parcelMoved = defineSignal<[saga.ParcelMoved]>('parcelMoved')
export const eventDeadLettered = defineSignal<[saga.DeadLettered]>('eventDeadLettered')

/** What an order's Updates answer; refused at once with an ApplicationFailure of the type that is named. */
export type Accepted = { readonly status: OrderStatus }

/** `notCancellable` */
export const cancelOrder = defineUpdate<Accepted, [saga.Cancel]>('cancelOrder')
/** Another payment method after a decline, within its grace: `paymentMethodNotAwaited`. */
export const changePaymentMethod = defineUpdate<Accepted, [saga.ChangePaymentMethod]>('changePaymentMethod')
/** Asks a stuck or refused undo or settlement again: `notRetryable`. */
export const retryStep = defineUpdate<Accepted, [saga.Retry]>('retryStep')
/** An admin has done it outside: `notRetryable`, or `alreadyRequested` while another admin has not agreed yet. */
export const doneByHand = defineUpdate<Accepted, [saga.DoneByHand]>('doneByHand')
/** `noSuchResolution`, `sameAdmin` */
export const approveResolution = defineUpdate<Accepted, [saga.ApproveResolution]>('approveResolution')
/** An admin's yes or no to a step that waits for staff: `notDecidable`. */
export const decideStep = defineUpdate<Accepted, [saga.DecideStep]>('decideStep')
/** `noDeadline` */
export const changeDeadline = defineUpdate<Accepted, [saga.ChangeDeadline]>('changeDeadline')

/** One line of the compensation history: what was asked to be undone, what was proven, refused or given up. */
export type CompensationEntry = {
  readonly sequence: number
  readonly type: EventType
  readonly time: string
  readonly steps: readonly string[]
  readonly outcome?: Outcome
  readonly reason?: Reason
}

export type SagaState = SagaView & { readonly compensations: readonly CompensationEntry[] }

/** The whole saga with its compensation history. */
export const sagaState = defineQuery<SagaState>('sagaState')

export const returnsWorkflowType = 'returnsWorkflow'
export const returnsWorkflowId = (orderId: string): string => subjectOf(orderId, 'return.')

/** The only argument of the workflow that guards all returns of one order. */
export type ReturnsInput = {
  readonly order: Order
  readonly rules: ReturnRules
  readonly traceparent?: string
  /** Returns whose workflow is gone: as their events tell them. */
  readonly resume?: Returns
}

/** Refused with the guard's reason as the failure's type: `windowOver`, `moreThanBought` and so on. */
export const requestReturn = defineUpdate<ReturnAccepted, [returns.RequestReturn]>('requestReturn')
export const refundOrder = defineUpdate<ReturnAccepted, [returns.RefundOrder]>('refundOrder')
/**
 * The next three are refused with `notNow` where the return is in another state, or is none; a yes by who asked for it
 * with `secondAdminNeeded`.
 */
export const decideReturn = defineUpdate<ReturnView, [returns.DecideReturn]>('decideReturn')
export const receiveReturn = defineUpdate<ReturnView, [returns.ReceiveReturn]>('receiveReturn')
export const retryReturn = defineUpdate<ReturnView, [returns.RetryReturn]>('retryReturn')

export type ReturnAccepted = {
  readonly return: ReturnView
  /** The same request made it before. */
  readonly replayed: boolean
}

export const webhookDeliveryType = 'webhookDelivery'
/** One event to one endpoint, once: an event that comes again finds it there. */
export const webhookDeliveryId = (endpointId: string, eventId: string): string => `webhook/${endpointId}/${eventId}`
/** Of its own, so that deliveries take no slot of an order. */
export const webhookTaskQueue = (taskQueue: string): string => `${taskQueue}-webhooks`

export type DeliveryInput = {
  readonly deliveryId: string
  /** Of all pauses; 1 but for tests. */
  readonly timeScale: number
  /** Names the person's wish that started this run, if one did. */
  readonly redelivery?: string
  /** Tried once. */
  readonly isTest?: true
}
export type DeliveryEnd = DeliveryStatus | 'forgotten'

/** Try now, and once more from the first pause on. Sent with the start of a run, it names that run's own wish. */
export const redeliver = defineSignal<[string]>('redeliver')
