export type Sample = {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
}

/** What Prometheus's text format says. */
export function readMetrics(text: string): readonly Sample[] {
  return text.split('\n').flatMap((line) => {
    const [, name, labels = '', value] = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)/.exec(line) ?? []
    if (name === undefined) return []
    const pairs = [...labels.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, key = '', text = '']) => [key, text])
    return [{ name, labels: Object.fromEntries(pairs) as Record<string, string>, value: Number(value) }]
  })
}

/** The names that are declared; a histogram's are those of its parts, too. */
export function namesServed(text: string): ReadonlySet<string> {
  const declared = [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].flatMap(([, name = '', type]) =>
    type === 'histogram' ? ['', '_bucket', '_sum', '_count'].map((part) => `${name}${part}`) : [name],
  )
  return new Set([...declared, ...readMetrics(text).map(({ name }) => name)])
}

export const sumOf = (
  samples: readonly Sample[],
  name: string,
  labels: Readonly<Record<string, string>> = {},
): number =>
  samples
    .filter((one) => one.name === name && Object.entries(labels).every(([key, value]) => one.labels[key] === value))
    .reduce((sum, { value }) => sum + value, 0)

/** Functions, words and labels of PromQL are told from metrics by the names: ours have these beginnings. */
const metricName =
  /\b(?:up|(?:holdfast|http|messaging|consumer|dead_letters|backlog|db_client|temporal|process|nodejs)_\w+)\b/g
const inBraces = /\{[^}]*\}|\b(?:by|without|on|ignoring)\s*\([^)]*\)/g

/** The metrics that an expression of PromQL asks for. */
export const namesAsked = (expression: string): readonly string[] => [
  ...new Set(expression.replaceAll(inBraces, '').match(metricName)),
]
