import { proxyActivities, proxyLocalActivities, setHandler, sleep, TemporalFailure } from '@temporalio/workflow'
import { waitAfter } from '../domain/webhooks/back-off.ts'
import type { Try, TryResult, WebhookActivities } from '../domain/webhooks/delivery.ts'
import * as messages from './messages.ts'

/** Failures of ours, such as a database that is away: an endpoint's own are results. */
const normal = proxyActivities<WebhookActivities>({
  startToCloseTimeout: '30s',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '1m' },
}).deliver
const local = proxyLocalActivities<WebhookActivities>({
  startToCloseTimeout: '30s',
  retry: { maximumAttempts: 1 },
}).deliver

/** Within the workflow's own task, which spares the server half of its work: most deliveries need no second try. */
async function tryAtOnce(request: Try): Promise<TryResult> {
  try {
    return await local(request)
  } catch (error) {
    if (!(error instanceof TemporalFailure)) throw error
    return normal(request) // the failure was ours
  }
}

/**
 * One event to one endpoint, tried until it arrives, is refused, or a day is over. Neither the address nor the body
 * are in its history: they may have to be erased.
 */
export const webhookDelivery = (input: messages.DeliveryInput): Promise<messages.DeliveryEnd> =>
  deliverUntilOver(input, tryAtOnce)

/** Those that were begun before the first try was made at once; they may live for a day. */
export const webhookDeliveryWorkflow = (input: messages.DeliveryInput): Promise<messages.DeliveryEnd> =>
  deliverUntilOver(input, normal)

async function deliverUntilOver(
  input: messages.DeliveryInput,
  firstTry: (request: Try) => Promise<TryResult>,
): Promise<messages.DeliveryEnd> {
  const { deliveryId, timeScale, isTest } = input
  let byHand = input.redelivery !== undefined
  let tries = 0
  let deliver = firstTry
  let wake: () => void = () => undefined
  setHandler(messages.redeliver, (redelivery) => {
    if (redelivery === input.redelivery) return // the message that this run was started with
    byHand = true
    tries = 0
    wake()
  })
  /** Not by `condition` with a timeout: it ends by cancelling its scope, which in a lean sandbox is the workflow's. */
  const pause = (ms: number): Promise<void> =>
    new Promise((resolve, reject) => {
      wake = resolve
      sleep(ms, { summary: 'until the next try' }).then(resolve, reject)
    })

  async function once(): Promise<TryResult> {
    const waitMs = isTest ? undefined : waitAfter(tries + 1, timeScale, Math.random())
    const request = {
      deliveryId,
      ...(waitMs !== undefined && { waitMs }),
      ...(byHand && { byHand: true as const }),
      ...(isTest && { isTest }),
    }
    byHand = false
    const result = await deliver(request)
    deliver = normal
    if (result.kind === 'failed') tries += 1
    return result
  }

  for (;;) {
    const result = await once()
    if (byHand) continue // asked for while it was under way
    if (result.kind === 'forgotten') return 'forgotten'
    if (result.kind === 'over') return result.status
    // those who wait together shall not knock together
    const ms = result.kind === 'held' ? result.waitMs * (1 + Math.random()) : result.waitMs
    await pause(Math.max(1, Math.round(ms)))
  }
}
