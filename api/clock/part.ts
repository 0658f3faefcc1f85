import type { Log } from '../../platform/log.ts'
import { isOutage } from '../outage.ts'
import type { Missing } from './item.ts'

/** Well under the deadline of a request: one part that hangs must not take the others with it. */
const patienceMs = 4_500

export type Part<Result> = { readonly value: Result; readonly missing: readonly Missing[] }

/** What comes of one part, or what stands for it and why it is not there. Never throws. */
export async function part<Result>(
  log: Log,
  source: Missing['source'],
  instead: Result,
  work: Promise<Result>,
  patience = patienceMs,
): Promise<Part<Result>> {
  const without = (why: Missing['why']): Part<Result> => ({ value: instead, missing: [{ source, why }] })
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<Part<Result>>((resolve) => {
    timer = setTimeout(() => resolve(without('slow')), patience)
  })
  const done = work.then(
    (value): Part<Result> => ({ value, missing: [] }),
    (error: unknown) => {
      const why = isOutage(error) ? 'away' : 'failed'
      log[why === 'away' ? 'warn' : 'error']({ err: error, source }, 'a part of an order’s clock is missing')
      return without(why)
    },
  )
  try {
    return await Promise.race([done, late])
  } finally {
    clearTimeout(timer)
  }
}
