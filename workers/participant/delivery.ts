import { type Kysely, sql } from 'kysely'
import { traceIdOf } from '../../events/envelope.ts'
import { failpoint } from '../../platform/failpoint.ts'
import type { Log } from '../../platform/log.ts'
import type { Signaller } from './signal.ts'
import type { AnswerTable, ParticipantTables, StoredAnswer, StoredMovement } from './tables.ts'

export type Undelivered = {
  readonly orderId: string
  readonly step: string
  readonly action: AnswerTable['action']
  readonly round: number
  readonly body: StoredAnswer | StoredMovement
  /** Of what led to it, while that is known: what a sweep finds has none. */
  readonly traceparent?: string | undefined
}

export type Delivery = {
  /** Signals it and remembers that; a failure is left to the next sweep. Never throws. */
  readonly deliver: (row: Undelivered) => Promise<void>
  readonly stop: () => Promise<void>
}

/** What is older than this and not signalled was left behind by a killed process or an outage. */
export const sweptAfterMs = 5_000

/**
 * Signals stored answers until Temporal has accepted them. Needed where the offset has moved on before the answer was
 * known: nobody else would send it again.
 */
export function makeDelivery(database: Kysely<ParticipantTables>, signaller: Signaller, log: Log): Delivery {
  let delivered: Undelivered[] = []
  let marking: Promise<void> | undefined
  let stopped = false

  async function mark(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, 250)) // many answers share one UPDATE
    const rows = delivered
    delivered = []
    marking = undefined
    try {
      await database
        .updateTable('answer')
        .set({ signalled_at: sql`CURRENT_TIMESTAMP(3)` })
        .where((eb) =>
          eb.or(rows.map(({ orderId, step, action, round }) => eb.and({ order_id: orderId, step, action, round }))),
        )
        .execute()
    } catch (error) {
      log.warn({ err: error, answers: rows.length }, 'not marked as signalled; they will be signalled once more')
    }
  }

  async function deliver(row: Undelivered): Promise<void> {
    try {
      const { body, orderId, traceparent } = row
      await ('movement' in body ? signaller.moved(orderId, body) : signaller.answered(orderId, body, traceparent))
      failpoint('answer.signalled')
      delivered.push(row)
      marking ??= mark()
    } catch (error) {
      log.warn(
        { err: error, orderId: row.orderId, traceId: traceIdOf(row.traceparent) },
        'an answer was not accepted; it will be sent again',
      )
    }
  }

  async function sweep(): Promise<void> {
    const rows = await database
      .selectFrom('answer')
      .select(['order_id', 'step', 'action', 'round', 'body'])
      .where('signalled_at', 'is', null)
      .where('answered_at', '<', new Date(Date.now() - sweptAfterMs))
      .orderBy('answered_at')
      .limit(200)
      .execute()
    const left = rows.map(({ order_id: orderId, step, action, round, body }) => ({
      orderId,
      step,
      action,
      round,
      body,
    }))
    await Promise.all(left.map(deliver))
  }

  const sweeping = (async () => {
    while (!stopped) {
      await sweep().catch((error: unknown) => log.warn({ err: error }, 'the sweep for unsent answers failed'))
      for (let waited = 0; waited < 2_000 && !stopped; waited += 200) {
        await new Promise((resolve) => setTimeout(resolve, 200))
      }
    }
  })()

  return {
    deliver,
    async stop() {
      stopped = true
      await sweeping
      await marking
    },
  }
}
