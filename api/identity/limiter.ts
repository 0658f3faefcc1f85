/** Thrown instead of letting a queue grow without end. */
export class QueueFullError extends Error {
  override readonly name = 'QueueFullError'
}

/**
 * Lets `running` of the calls run at once and `waiting` more wait their turn: hashing passwords is expensive on purpose,
 * so a flood of logins would otherwise take the processor from everything else.
 */
export function makeLimiter(running: number, waiting: number) {
  let free = running
  const queue: (() => void)[] = []
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (free > 0) free -= 1
    else {
      if (queue.length >= waiting) throw new QueueFullError('too many are waiting')
      // whoever ends hands its place over
      await new Promise<void>((resolve) => queue.push(resolve))
    }
    try {
      return await work()
    } finally {
      const next = queue.shift()
      if (next) next()
      else free += 1
    }
  }
}
