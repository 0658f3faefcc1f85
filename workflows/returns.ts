import type { UpdateDefinition } from '@temporalio/common'
import {
  ApplicationFailure,
  CancellationScope,
  log,
  setCurrentDetails,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow'
import * as react from '../domain/returns/react.ts'
import { findReturn, openReturns, type Returns, viewOf } from '../domain/returns/state.ts'
import type { ReturnsReaction } from '../domain/returns/turn.ts'
import type { ReturnView } from '../domain/returns/view.ts'
import { isAnswer } from '../domain/saga/messages.ts'
import { makeAlarm } from './alarm.ts'
import * as messages from './messages.ts'
import { type Cause, makeOutbox } from './outbox.ts'

/**
 * All returns of one order: the only place where they are counted, so several of them never exceed what was bought.
 * It closes when the window is over and nothing is under way.
 */
export const returnsWorkflow = (input: messages.ReturnsInput): Promise<readonly ReturnView[]> =>
  // a cancellation asked for in Temporal would leave goods and money half way
  CancellationScope.nonCancellable(() => guardReturns(input))

async function guardReturns(input: messages.ReturnsInput): Promise<readonly ReturnView[]> {
  const begun = workflowInfo().startTime.toISOString()
  let state: Returns = input.resume ?? openReturns(input.order, input.rules, begun, input.traceparent)

  const outbox = makeOutbox(() => setAlarm())
  const alarm = makeAlarm(() => {
    apply(react.returnsDeadlinePassed(state, Date.now()), 'thisDecision')
    outbox.look()
  })

  function setAlarm(): void {
    alarm.set(react.nextReturnsDeadline(state, Date.now()))
  }
  function apply({ state: next, events }: ReturnsReaction, cause: Cause): void {
    state = next
    outbox.append(events, cause)
    if (events.length > 0) setCurrentDetails(details(state))
    setAlarm()
  }
  function accepted(
    request: Parameters<typeof react.refusalOf>[1],
    reaction: ReturnsReaction,
  ): messages.ReturnAccepted {
    const before = react.madeBefore(state, request)
    if (before) return { return: viewOf(before), replayed: true }
    apply(reaction, 'thisDecision')
    return { return: viewOfNumber(state, state.returns.length), replayed: false }
  }
  const guard = (request: Parameters<typeof react.refusalOf>[1]): void => {
    const refusal = react.refusalOf(state, request)
    if (refusal) throw ApplicationFailure.nonRetryable('The return is refused', refusal)
  }
  /** An admin's act on one return, if it is in the state for it. */
  function onAct<Request extends { readonly number: number }>(
    update: UpdateDefinition<ReturnView, [Request]>,
    refusal: (known: Returns, request: Request) => string | undefined,
    act: (known: Returns, request: Request) => ReturnsReaction,
  ): void {
    const handler = (request: Request): ReturnView => {
      apply(act(state, request), 'thisDecision')
      return viewOfNumber(state, request.number)
    }
    const validator = (request: Request): void => {
      const type = refusal(state, request)
      if (type) throw ApplicationFailure.nonRetryable(`Return ${request.number} can’t be acted on so`, type)
    }
    setHandler(update, handler, { validator })
  }

  setHandler(messages.participantAnswered, (answer: unknown) => {
    if (isAnswer(answer)) apply(react.returnAnswered(state, answer), 'inHistory')
    else log.warn('ignored a signal that is not an answer', { answer })
  })
  setHandler(messages.eventDeadLettered, (notice: unknown) => {
    log.warn('an ask became a dead letter; its deadline asks again', { notice })
  })
  setHandler(messages.requestReturn, (request) => accepted(request, react.requested(state, request)), {
    validator: guard,
  })
  setHandler(messages.refundOrder, (request) => accepted(request, react.refundRequested(state, request)), {
    validator: guard,
  })
  const unless = (can: (known: Returns, number: number) => boolean) => (known: Returns, request: { number: number }) =>
    can(known, request.number) ? undefined : 'notNow'
  onAct(messages.decideReturn, react.decisionRefusal, react.decided)
  onAct(messages.receiveReturn, unless(react.isReceivable), react.received)
  onAct(messages.retryReturn, unless(react.isRetryable), react.returnRetried)
  setAlarm()
  await outbox.drain(() => react.areReturnsOver(state, Date.now()))
  return state.returns.map(viewOf)
}

function viewOfNumber(state: Returns, number: number): ReturnView {
  const found = findReturn(state, number)
  if (found === undefined) throw ApplicationFailure.nonRetryable(`There is no return ${number}`, 'notNow')
  return viewOf(found)
}

/** What the Temporal Web UI shows. */
const details = ({ returns }: Returns): string =>
  [
    '| return | status | goods | restocked | refunded |',
    '|---|---|---|---|---|',
    ...returns.map(viewOf).map(({ number, status, lines, restocked, refunded, needsAttention }) => {
      const goods = lines.map(({ sku, quantity }) => `${quantity} x ${sku}`).join(', ')
      return `| ${number} | ${status}${needsAttention ? ' **needs attention**' : ''} | ${goods} | ${restocked} | ${refunded} |`
    }),
  ].join('\n')
