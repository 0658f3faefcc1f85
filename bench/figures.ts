/** @returns the value below which this part (0 to 1) of the values lies; NaN of none. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN
}

export const median = (values: readonly number[]): number => quantile(values, 0.5)

export const rounded = (value: number, digits = 0): number => Number(value.toFixed(digits))

/** `12 (11 to 14)`: median, least, most. */
export const spread = (values: readonly number[], digits = 1): string =>
  values.length === 1
    ? String(rounded(median(values), digits))
    : `${rounded(median(values), digits)} (${rounded(Math.min(...values), digits)} to ${rounded(Math.max(...values), digits)})`

/** `p50 / p95 / p99` in whole milliseconds. */
export const quantiles = (values: readonly number[]): string =>
  [0.5, 0.95, 0.99].map((part) => rounded(quantile(values, part))).join(' / ')

export function printTable(title: string, rows: readonly (readonly (string | number)[])[]): void {
  const widths = rows.reduce<readonly number[]>(
    (sofar, row) => row.map((cell, at) => Math.max(sofar[at] ?? 0, String(cell).length)),
    [],
  )
  console.log(`\n${title}`)
  for (const row of rows) {
    const cells = row.map((cell, at) =>
      at === 0 ? String(cell).padEnd(widths[at] ?? 0) : String(cell).padStart(widths[at] ?? 0),
    )
    console.log(`  ${cells.join('  ')}`)
  }
}
