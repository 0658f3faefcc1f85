/** More on top of what is left; what has run out meanwhile is given the time from now on. */
export const extended = (until: string, by: number, now: number): string =>
  new Date(Math.max(Date.parse(until), now) + by).toISOString()
