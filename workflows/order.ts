import type { UpdateDefinition } from '@temporalio/common'
import {
  ApplicationFailure,
  CancellationScope,
  log,
  setCurrentDetails,
  setHandler,
  upsertSearchAttributes,
} from '@temporalio/workflow'
import { isOver, type OrderStatus } from '../domain/order.ts'
import type { OrderEvent } from '../domain/saga/event.ts'
import { isAnswer, isDeadLettered, isParcelMoved } from '../domain/saga/messages.ts'
import * as operate from '../domain/saga/operate.ts'
import * as react from '../domain/saga/react.ts'
import { isCancellable, type Saga } from '../domain/saga/state.ts'
import { system } from '../domain/saga/turn.ts'
import { sagaView } from '../domain/saga/view.ts'
import { makeAlarm } from './alarm.ts'
import { currentDetails } from './details.ts'
import * as messages from './messages.ts'
import { type Cause, makeOutbox } from './outbox.ts'
import { needsAttentionKey, orderStatusKey } from './search-attributes.ts'

/**
 * One order, from placed to its end. The saga decides (`domain/saga`), this only carries messages to it and its
 * events to the outbox. It closes when the order is over and every event is published.
 */
export function orderWorkflow(input: messages.OrderInput): Promise<{ readonly status: OrderStatus }> {
  const { cancelRequested } = CancellationScope.current()
  return CancellationScope.nonCancellable(() => follow(input, cancelRequested))
}

async function follow(
  input: messages.OrderInput,
  cancelRequested: Promise<never>,
): Promise<{ readonly status: OrderStatus }> {
  const { resume } = input
  const first = resume
    ? operate.resumed(resume.saga, resume.request)
    : react.start(input.order, input.plan, input.fingerprint, input.traceparent)
  let saga: Saga = resume?.saga ?? first.saga
  /** How long Kafka kept the newest asks waiting: their deadlines count from when they got through. */
  let delayMs = 0
  const compensations: messages.CompensationEntry[] = []

  const outbox = makeOutbox((events, late) => {
    if (late) delayMs = Math.max(delayMs, Date.now() - Date.parse(events[0]?.time ?? saga.time))
    setAlarm()
  })
  const alarm = makeAlarm(() => {
    if (isDue()) apply(react.deadlinePassed(saga, Date.now()), 'thisDecision')
    if (!outbox.isDeciding()) setAlarm() // else when it is published
  })

  function due(): number | undefined {
    const deadline = react.nextDeadline(saga)
    return deadline === undefined ? undefined : deadline + delayMs
  }
  function isDue(): boolean {
    const time = due()
    return time !== undefined && time <= Date.now() && !outbox.isHeldUp() && !outbox.isDeciding()
  }
  function setAlarm(): void {
    if (!outbox.isHeldUp()) alarm.set(due())
  }
  function apply({ saga: next, events }: react.Reaction, cause: Cause): void {
    tellSearch(saga, next)
    saga = next
    compensations.push(...events.filter(isAboutUndoing).map(compensationEntry))
    outbox.append(events, cause)
    setCurrentDetails(currentDetails(sagaView(saga)))
    setAlarm()
  }

  apply(first, 'inHistory')
  setHandler(messages.participantAnswered, (answer: unknown) => {
    if (isAnswer(answer)) apply(react.answered(saga, answer), 'inHistory')
    else log.warn('ignored a signal that is not an answer', { answer })
  })
  setHandler(messages.parcelMoved, (movement: unknown) => {
    if (isParcelMoved(movement)) apply(react.parcelMoved(saga, movement), 'inHistory')
    else log.warn('ignored a signal that is not about a parcel', { movement })
  })
  setHandler(messages.eventDeadLettered, (notice: unknown) => {
    if (isDeadLettered(notice)) apply(react.deadLettered(saga, notice), 'inHistory')
    else log.warn('ignored a signal that is not a dead-letter notice', { notice })
  })
  /** What a person asks for: a guard lets it pass, or says with which type of failure it does not. */
  function onRequest<Request>(
    update: UpdateDefinition<messages.Accepted, [Request]>,
    refusal: (request: Request) => string | false,
    act: (known: Saga, request: Request) => react.Reaction,
  ): void {
    const handler = (request: Request) => {
      apply(act(saga, request), 'thisDecision')
      return { status: saga.status }
    }
    const validator = (request: Request) => {
      const type = refusal(request)
      if (type !== false) throw ApplicationFailure.nonRetryable(`The order is ${saga.status}`, type, saga.status)
    }
    setHandler(update, handler, { validator })
  }
  const unless = (can: boolean, type: string): string | false => !can && type
  const isCancelling = () => isCancellable(saga) || saga.status === 'cancelling'
  onRequest(messages.cancelOrder, () => unless(isCancelling(), 'notCancellable'), react.cancelled)
  onRequest(
    messages.changePaymentMethod,
    () => unless(react.awaitsPaymentMethod(saga), 'paymentMethodNotAwaited'),
    react.paymentMethodChanged,
  )
  onRequest(messages.retryStep, ({ step }) => unless(operate.retryable(saga, step), 'notRetryable'), operate.retried)
  onRequest(
    messages.doneByHand,
    ({ step }) =>
      unless(operate.retryable(saga, step), 'notRetryable') ||
      unless(!operate.pendingResolution(saga, step), 'alreadyRequested'),
    operate.doneByHand,
  )
  onRequest(
    messages.approveResolution,
    (approval) => operate.approvalRefusal(saga, approval) ?? false,
    operate.resolutionApproved,
  )
  onRequest(
    messages.decideStep,
    ({ step }) => unless(operate.isDecidable(saga, step), 'notDecidable'),
    operate.stepDecided,
  )
  onRequest(
    messages.changeDeadline,
    (change) => operate.deadlineRefusal(saga, change) ?? false,
    operate.deadlineChanged,
  )
  setHandler(messages.sagaState, () => ({ ...sagaView(saga), compensations }))

  cancelRequested.catch(() => {
    const at = new Date(Date.now()).toISOString()
    apply(react.cancelled(saga, { by: system, reason: 'cancellation was requested in Temporal', at }), 'thisDecision')
  })
  await outbox.drain(() => isOver(saga.status))
  return { status: saga.status }
}

/** Search attributes follow the order only where it leaves its happy path, and at its end. */
function tellSearch(before: Saga, { status, attention }: Saga): void {
  const needsAttention = attention.length > 0
  const isNews = status !== before.status && (status === 'cancelling' || status === 'failing' || isOver(status))
  const wasNews = before.status === 'cancelling' && status !== before.status
  const flagChanged = needsAttention !== before.attention.length > 0
  if (!isNews && !wasNews && !flagChanged) return
  upsertSearchAttributes([
    { key: orderStatusKey, value: status },
    ...(flagChanged ? [{ key: needsAttentionKey, value: needsAttention }] : []),
  ])
}

const isAboutUndoing = ({ type, data }: OrderEvent): boolean =>
  data.action === 'compensate' || type === 'order.compensation_requested'

const compensationEntry = ({ sequence, type, time, data }: OrderEvent): messages.CompensationEntry => ({
  sequence,
  type,
  time,
  steps: data.asks?.map((ask) => ask.step) ?? (data.step === undefined ? [] : [data.step]),
  ...(data.outcome && { outcome: data.outcome }),
  ...(data.reason && { reason: data.reason }),
})
