import type { Log } from './log.ts'
import { startRepeating } from './repeating.ts'

/** Deletes so many at most of what is older. @returns how many went. */
export type Forget = (before: Date, most: number) => Promise<number>

type Forgetting = { readonly forget: readonly Forget[]; readonly keepMs: number; readonly log: Log }

const atOnce = 500

/** Deletes what is kept no longer, every minute, and little at once: nobody waits behind it. @returns what ends it. */
export const startForgetting = ({ forget, keepMs, log }: Forgetting): (() => Promise<void>) =>
  startRepeating({
    everyMs: 60_000,
    work: async () => {
      const before = new Date(Date.now() - keepMs)
      let isMore = false
      for (const each of forget) if ((await each(before, atOnce)) >= atOnce) isMore = true
      return isMore ? 0 : undefined
    },
    onFailure: (error) => log.warn({ err: error }, 'what is kept no longer stays for another minute'),
  })
