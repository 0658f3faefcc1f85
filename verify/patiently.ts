import { setTimeout as pause } from 'node:timers/promises'

/** A server that is busy answers late: what only reads may be asked again. @throws what the last try threw. */
export async function patiently<Answer>(ask: () => Promise<Answer>, tries = 5, pauseMs = 1_000): Promise<Answer> {
  for (let left = tries - 1; left > 0; left -= 1) {
    try {
      return await ask()
    } catch {
      await pause(pauseMs) // asked again; the last one decides
    }
  }
  return ask()
}

/** @throws when there is no answer in time: some clients try to connect for ever. */
export async function within<Answer>(ms: number, answer: Promise<Answer>): Promise<Answer> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${ms / 1000} s`)), ms)
  })
  try {
    return await Promise.race([answer, late])
  } finally {
    clearTimeout(timer)
  }
}
