import type { Kysely } from 'kysely'
import type { BreakerRules } from '../../domain/webhooks/breaker.ts'
import type { Try, TryResult, WebhookActivities } from '../../domain/webhooks/delivery.ts'
import { judge, retryAfterMs, type Verdict } from '../../domain/webhooks/judge.ts'
import type { PayloadKey } from '../../platform/payload-keys.ts'
import { askCircuit, closeCircuit, countFailure, disableGone } from './circuit.ts'
import { type Ending, logAttempt, markDelivery } from './log-attempt.ts'
import { post, type Posted } from './post.ts'
import { secretsOf, signedHeaders } from './secrets.ts'
import type { WebhookTables } from './tables.ts'
import type { TargetRules } from './targets.ts'

export type DeliverNeeds = {
  readonly database: Kysely<WebhookTables>
  readonly keys: readonly PayloadKey[]
  readonly targets: TargetRules
  readonly breaker: BreakerRules
  readonly timeoutMs: number
}

/** A test is waited for. */
const mostTestMs = 5_000

/**
 * One try of one delivery. Killed between the POST and its row in the log, it is repeated: the receiver knows the event
 * by its id.
 */
export function makeActivities(needs: DeliverNeeds): WebhookActivities {
  const { database, keys, targets, breaker, timeoutMs } = needs

  /** What it takes, together: an endpoint that is disabled meanwhile gets one more at most. */
  const find = (id: string) =>
    database
      .selectFrom('delivery')
      .innerJoin('endpoint', 'endpoint.id', 'delivery.endpoint_id')
      .select(['event_id', 'body', 'endpoint.id', 'url', 'secret', 'old_secret', 'old_secret_until'])
      .select(['disabled_by', 'failures', 'opened_at', 'probe_at', 'probes'])
      .where('delivery.id', '=', id)
      .executeTakeFirst()

  /** A refusal is an answer too: somebody is there. */
  async function tell(endpointId: string, verdict: Verdict, answered: boolean, isTest: boolean): Promise<void> {
    if (verdict === 'gone') await disableGone(database, endpointId)
    if (answered && verdict !== 'failed') await closeCircuit(database, endpointId)
    else if (!isTest) await countFailure(database, endpointId, breaker)
  }

  return {
    async deliver({ deliveryId, waitMs, ...wish }: Try): Promise<TryResult> {
      const [byHand, isTest] = [wish.byHand === true, wish.isTest === true]
      const found = await find(deliveryId)
      if (found === undefined) return { kind: 'forgotten' }
      if (found.disabled_by !== null && !isTest) {
        await markDelivery(database, deliveryId, { status: 'endpoint_disabled', nextAt: null })
        return { kind: 'over', status: 'endpoint_disabled' }
      }
      const heldMs = byHand || isTest ? 0 : await askCircuit(database, found.id, found, breaker)
      if (heldMs > 0) {
        await markDelivery(database, deliveryId, { status: 'pending', nextAt: new Date(Date.now() + heldMs) })
        return { kind: 'held', waitMs: heldMs }
      }
      if (byHand) await markDelivery(database, deliveryId, { status: 'pending', nextAt: new Date() })

      const startedAt = new Date()
      const message = { id: found.event_id, body: found.body }
      const headers = signedHeaders(message, secretsOf(keys, found, startedAt), startedAt)
      const { url, body } = found
      const limitMs = isTest ? Math.min(mostTestMs, timeoutMs) : timeoutMs
      const posted = await post({ url, body, headers, timeoutMs: limitMs }, targets)
      const verdict = verdictOf(posted)
      const pauseMs = waitMs && Math.max(waitMs, retryAfterMs(posted.retryAfter, Date.now()) * breaker.scale)
      const ending = endingOf(verdict, pauseMs)
      await logAttempt(database, deliveryId, { startedAt, posted, ending })
      await tell(found.id, verdict, posted.status !== undefined, isTest)
      return ending.status === 'pending'
        ? { kind: 'failed', waitMs: pauseMs ?? 0 }
        : { kind: 'over', status: ending.status }
    },
  }
}

/** An address that nothing may be sent to is no failure that time mends. */
const verdictOf = ({ status, error }: Posted): Verdict => {
  if (status !== undefined) return judge(status)
  return error === 'private_address' || error === 'target_not_allowed' ? 'refused' : 'failed'
}

function endingOf(verdict: Verdict, pauseMs: number | undefined): Ending {
  if (verdict === 'delivered') return { status: 'delivered', nextAt: null }
  if (verdict === 'refused' || verdict === 'gone') return { status: 'refused', nextAt: null }
  if (pauseMs === undefined) return { status: 'exhausted', nextAt: null }
  return { status: 'pending', nextAt: new Date(Date.now() + pauseMs) }
}
