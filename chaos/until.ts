import { setTimeout as pause } from 'node:timers/promises'

/** Looks again and again until it is so. @throws when it takes longer than it may. */
export async function until(
  what: string,
  isSo: () => boolean | Promise<boolean>,
  { withinMs = 120_000, everyMs = 100 } = {},
): Promise<void> {
  const end = Date.now() + withinMs
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error(`It took more than ${withinMs / 1000} s until ${what}`)
    await pause(everyMs)
  }
}
