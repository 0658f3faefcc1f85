import type { Log } from '../../../platform/log.ts'
import { sign } from '../../../platform/signature.ts'
import type { Book } from './simulator-book.ts'

type Options = {
  readonly book: Book
  readonly log: Log
  /** Where our API is. */
  readonly baseUrl: string
  readonly secret: string
}

const lookEveryMs = 500
const path = '/v1/webhooks/payments/simulator'

/**
 * The simulator's other half: settles what is pending when its time has come and tells us by signed webhook, until we
 * have taken it. What is due stands in the book, so a killed process forgets nothing.
 * @returns what ends it.
 */
export function startSimulatorWebhooks(options: Options): () => Promise<void> {
  let stopped = false
  const looping = (async () => {
    while (!stopped) {
      await settleDue(options).catch((error: unknown) => {
        options.log.warn({ err: error }, 'the payment simulator could not look for what is due')
      })
      await new Promise((resolve) => setTimeout(resolve, lookEveryMs))
    }
  })()
  return async () => {
    stopped = true
    await looping
  }
}

async function settleDue(options: Options): Promise<void> {
  const { book } = options
  const due = await book
    .selectFrom('simulated_webhook')
    .select(['id', 'payment_key', 'becomes', 'body', 'tries'])
    .where('sent_at', 'is', null)
    .where('due_at', '<=', new Date())
    .orderBy('due_at')
    .limit(50)
    .execute()
  await Promise.all(
    due.map(async ({ id, payment_key, becomes, body, tries }) => {
      await book
        .updateTable('simulated_payment')
        .set({ state: becomes })
        .where('key', '=', payment_key)
        .where('state', '=', 'pending')
        .execute()
      const taken = await post(options, body)
      const later = new Date(Date.now() + Math.min(60_000, 500 * 2 ** Math.min(tries, 7)))
      await book
        .updateTable('simulated_webhook')
        .set(taken ? { sent_at: new Date(), tries: tries + 1 } : { due_at: later, tries: tries + 1 })
        .where('id', '=', id)
        .execute()
    }),
  )
}

async function post({ baseUrl, secret, log }: Options, body: string): Promise<boolean> {
  try {
    const response = await fetch(`${baseUrl}${path}`, {
      method: 'POST',
      body,
      headers: { 'Content-Type': 'application/json', 'Webhook-Signature': sign(secret, body) },
      signal: AbortSignal.timeout(5_000),
    })
    await response.body?.cancel()
    if (!response.ok) log.warn({ status: response.status }, 'a webhook of the payment simulator was refused')
    return response.ok
  } catch (error) {
    log.warn({ err: error }, 'a webhook of the payment simulator found nobody; it will be sent again')
    return false
  }
}
