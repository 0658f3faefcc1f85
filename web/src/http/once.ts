import { newKey } from '../../../client/key.ts'
import { call } from './client.ts'
import { HttpProblem, isLost, isProblem } from './problem.ts'

export { isLost, newKey }

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
