import { call } from './client.ts'
import { HttpProblem, isProblem } from './problem.ts'

/** An idempotency key. Also over plain http in a local network, where browsers have no `randomUUID`. */
export const newKey = (): string =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('')

/** Whether it may have taken effect all the same. */
export const isLost = (error: unknown): boolean =>
  isProblem(error) && (error.status === 0 || error.status === 502 || error.status === 503 || error.status === 504)

/** For a mutation: what may have taken effect is sent again, with the same key, so it takes effect once. */
export const askAgainWhenLost = {
  retry: (failures: number, problem: unknown): boolean => failures < 2 && isLost(problem),
  retryDelay: 1000,
} as const

/**
 * Sends a form that has a key of its own.
 * @throws HttpProblem; `sent_before` where it was sent with this key and other details.
 */
export async function postOnce<Answer>(path: string, body: unknown, key: string): Promise<Answer> {
  try {
    return await call<Answer>(path, { method: 'POST', body, headers: { 'Idempotency-Key': `"${key}"` } })
  } catch (error) {
    if (!isProblem(error, 'idempotency_key_reused')) throw error
    throw new HttpProblem(error.status, 'sent_before', error.message)
  }
}
