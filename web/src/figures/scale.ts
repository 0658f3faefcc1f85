/** Round numbers from 0 to at least the highest value, a few of them, as the axis has them. */
export function ticksTo(highest: number, whole = false): readonly number[] {
  const step = stepFor(Math.max(highest, whole ? 1 : 0), whole)
  const count = Math.max(1, Math.ceil(highest / step - 1e-9))
  return Array.from({ length: count + 1 }, (_, n) => rounded(n * step))
}

const about = 4

function stepFor(highest: number, whole: boolean): number {
  if (highest <= 0) return 1
  const magnitude = 10 ** Math.floor(Math.log10(highest / about))
  const fits =
    [1, 2, 5, 10].map((factor) => factor * magnitude).find((step) => highest / step <= about) ?? 10 * magnitude
  return whole ? Math.max(1, fits) : fits
}

/** 3 x 0.1 is 0.3 to people. */
const rounded = (value: number): number => Number(value.toPrecision(12))

/** Milliseconds as people count them: by seconds, minutes and hours where there are some. */
export function ticksOfTime(highestMs: number): readonly number[] {
  const unit = [3600_000, 60_000, 1000].find((one) => highestMs >= 2 * one) ?? 1
  return ticksTo(highestMs / unit).map((tick) => tick * unit)
}

/** Which points of time are written below the axis: the last that fit, evenly spaced, at round times. */
export function labelled(points: readonly string[], most: number): readonly number[] {
  const [first, second] = points.map((at) => Date.parse(at))
  if (first === undefined || second === undefined) return points.length === 0 ? [] : [0]
  const perPoint = (second - first) / 60_000
  const every = [5, 10, 15, 30, 60, 120, 180, 240, 360, 720].find(
    (minutes) => minutes >= perPoint && (points.length * perPoint) / minutes <= most,
  )
  const times = points.map((at, index) => ({ index, minutes: Math.round(Date.parse(at) / 60_000) }))
  return times.filter(({ minutes }) => minutes % (every ?? 1440) === 0).map(({ index }) => index)
}

/** The unbroken stretches of a line: between them nobody knows. */
export function stretches(values: readonly (number | null)[]): readonly (readonly number[])[] {
  const found: number[][] = []
  values.forEach((value, index) => {
    if (value === null) return
    const last = found.at(-1)
    if (last !== undefined && last.at(-1) === index - 1) last.push(index)
    else found.push([index])
  })
  return found
}
