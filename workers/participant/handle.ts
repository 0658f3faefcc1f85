import type { Kysely, Transaction } from 'kysely'
import { causeOf, safeMessage } from '../../events/failure-text.ts'
import { header, type RawMessage, type ReceivedEvent } from '../../events/envelope.ts'
import { failpoint } from '../../platform/failpoint.ts'
import type { Log } from '../../platform/log.ts'
import { type AnswerRow, storeAnswers, storedAnswers } from './answers.ts'
import { type AskedEvent, askedIn, askKey, asksFor } from './asks.ts'
import { claim } from './inbox.ts'
import { noSpans, type Spans } from './observed.ts'
import type { Signaller } from './signal.ts'
import type { ParticipantTables } from './tables.ts'

/** Called when the transaction is committed. */
type AfterCommit = (() => void) | undefined

export type Worked = {
  /** What can be answered at once; other asks are left to the task runner, which answers later. */
  readonly answers: readonly AnswerRow[]
  readonly committed?: () => void
}

export type Participant<Tables extends ParticipantTables> = {
  readonly name: string
  readonly database: Kysely<Tables>
  readonly signaller: Signaller
  readonly log: Log
  /** Does what is asked, in this transaction. */
  readonly work: (tx: Transaction<Tables>, asked: readonly AskedEvent[]) => Promise<Worked>
  /** Takes in events that ask nothing of it but concern it, in the same transaction. */
  readonly observe?: (tx: Transaction<Tables>, events: readonly ReceivedEvent[]) => Promise<AfterCommit>
  /** How long its inbox remembers an event. */
  readonly inboxKeptMs: number
  /** Every ask is answered within the transaction. */
  readonly answersAtOnce: boolean
}

/** So much the clocks of those who publish, take in and forget may differ. */
const clocksMs = 5 * 60_000

/**
 * A participant's part of the choreography: inbox row, effect and answer in one transaction, then the signals, then
 * (by the consumer) the offset. Killed at any point, the events come again, the stored answers are found and sent again.
 */
export function makeHandler<Tables extends ParticipantTables>(participant: Participant<Tables>) {
  const { name, database, signaller, log, inboxKeptMs } = participant
  /** Of an event as old as that only the answer tells whether it was taken in before. */
  const mayBeForgotten = ({ time }: ReceivedEvent) => Date.parse(time) < Date.now() - inboxKeptMs + clocksMs

  async function takeIn(tx: Transaction<Tables>, events: readonly ReceivedEvent[]): Promise<TakenIn> {
    const base = tx as unknown as Transaction<ParticipantTables> // every participant's schema has these tables
    const fresh = await claim(base, events, log)
    const asked = asksFor(name, events)
    const maybeAnswered = asked.filter(
      ({ ask, event }) => !fresh.has(event.id) || ask.attempt > 1 || mayBeForgotten(event),
    )
    const stored = await storedAnswers(base, maybeAnswered)
    const open = firstOfEach(
      asked.filter(({ ask, event, order }) => fresh.has(event.id) && !stored.has(askKey(order.id, ask))),
    )
    const observed = await participant.observe?.(
      tx,
      events.filter(({ id }) => fresh.has(id)),
    )
    const { answers: made, committed } = open.length === 0 ? nothing : await participant.work(tx, open)
    await storeAnswers(base, made)
    const again = maybeAnswered.flatMap(({ ask, order }) => {
      const answer = stored.get(askKey(order.id, ask))
      if (answer !== undefined) return [{ orderId: order.id, answer }]
      if (!participant.answersAtOnce || made.some((row) => isFor(row, order.id, ask))) return []
      throw new Error(`${askKey(order.id, ask)} was taken in, but its answer is not there yet`)
    })
    failpoint('take_in.written')
    return { answers: [...again, ...made], committed: [observed, committed] }
  }

  return async (events: readonly ReceivedEvent[], spans: Spans = noSpans): Promise<void> => {
    const { answers, committed } = await spans.within(`transaction ${name}`, 'client', () =>
      database.transaction().execute((tx) => takeIn(tx, events)),
    )
    failpoint('take_in.committed')
    for (const each of committed) each?.()
    await Promise.all(
      answers.map(({ orderId, answer }) => signaller.answered(orderId, answer, spans.traceparentOf(orderId))),
    )
    failpoint('take_in.signalled')
  }
}

type TakenIn = { readonly answers: readonly AnswerRow[]; readonly committed: readonly AfterCommit[] }

const nothing: Worked = { answers: [] }

/** A publish that was repeated lies twice in one batch: what is refused the first time must not be done the second. */
function firstOfEach(asked: readonly AskedEvent[]): readonly AskedEvent[] {
  const first = new Map<string, AskedEvent>()
  for (const one of asked) {
    const key = askKey(one.order.id, one.ask)
    if (!first.has(key)) first.set(key, one)
  }
  return [...first.values()]
}

const isFor = (row: AnswerRow, orderId: string, ask: AskedEvent['ask']): boolean =>
  askKey(row.orderId, row.answer) === askKey(orderId, ask)

/**
 * Tells the workflows of those who wait for an answer that this message will not get one by itself. Of a message that
 * can't be read as a whole its asks may be readable still.
 */
export function tellOfDeadLetter(name: string, signaller: Signaller, log: Log) {
  return async (message: RawMessage, error: unknown): Promise<void> => {
    const asks = askedIn(name, message)
    if (asks.length === 0) log.warn({ offset: message.offset }, 'a dead letter that asks nobody: nobody is told')
    const what = header(message, 'ce_id') ?? 'a message'
    const text = `${name} could not process ${what}: ${causeOf(error)}: ${safeMessage(error)}`
    const reason = { code: 'dead_lettered', message: text.slice(0, 300) }
    for (const { orderId, step, action } of asks) await signaller.deadLettered(orderId, { step, action, reason })
  }
}
