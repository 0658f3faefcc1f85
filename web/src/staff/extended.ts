const minute = 60_000

/** By how much staff can move a deadline, in milliseconds. */
export const extensions = [
  ['deadline.minutes', 10 * minute],
  ['deadline.hour', 60 * minute],
  ['deadline.day', 24 * 60 * minute],
] as const

/** More on top of what is left; what has run out meanwhile is given the time from now on. */
export const extended = (until: string, by: number, now: number): string =>
  new Date(Math.max(Date.parse(until), now) + by).toISOString()
