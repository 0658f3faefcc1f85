export const minuteMs = 60_000

/** So long figures are kept. */
export const shownDays = 14

export const minuteOf = (time: Date | string): Date =>
  new Date(Math.floor(new Date(time).getTime() / minuteMs) * minuteMs)

/** A time in equal parts, each of whole minutes; the last one has the present moment in it. */
export type Span = {
  readonly from: Date
  /** Not this moment itself. */
  readonly to: Date
  readonly minutesPerPoint: number
  readonly points: number
}

/** More than a screen is wide helps nobody. */
const mostPoints = 120
const widths = [1, 2, 5, 10, 15, 30]

/** The last hours, in parts that begin at whole hours and at even parts of them, wherever the present moment is. */
export function lastHours(hours: number, now: Date): Span {
  const minutesPerPoint = widths.find((width) => (hours * 60) / width <= mostPoints) ?? 60
  const points = (hours * 60) / minutesPerPoint
  const part = minutesPerPoint * minuteMs
  const to = (Math.floor(now.getTime() / part) + 1) * part
  return { from: new Date(to - points * part), to: new Date(to), minutesPerPoint, points }
}
