import { createMiddleware } from 'hono/factory'
import type { Env } from './env.ts'
import { readWait } from './orders/request-headers.ts'
import { unavailable } from './problem.ts'

const usualMs = 8_000
/** The workflow decides, so a worker has to be there; see the deadline of Updates. */
const cancellationMs = 20_000

/** A dependency may be frozen rather than down: nobody waits for it longer than this. */
export const deadline = createMiddleware<Env>(async (c, next) => {
  const milliseconds =
    (/\/(cancellation|bulk)$/.test(c.req.path) ? cancellationMs : usualMs) +
    (readWait(c.req.header('Prefer')) ?? 0) * 1000
  c.set('deadlineAt', Date.now() + milliseconds)
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    const problem = unavailable('dependency_unavailable', 'It took too long. Try again soon.')
    timer = setTimeout(() => reject(problem), milliseconds)
  })
  try {
    await Promise.race([next(), late])
  } finally {
    clearTimeout(timer)
  }
})
