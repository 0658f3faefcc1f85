import { isDeepStrictEqual } from 'node:util'
import type { JsonSchema } from './json-schemas.ts'

/** What a change of the schemas means for those who read events by the published ones, and for events of before. */
export type Comparison = {
  /** Would break a reader: needs a version. */
  readonly breaks: readonly string[]
  /** Harmless: new types and new optional fields. */
  readonly additions: readonly string[]
}

/** They describe, they allow and forbid nothing. */
const annotations: ReadonlySet<string> = new Set(['$id', '$schema', 'title', 'description', 'examples'])
/** Looked into, not compared as a whole. */
const structural: ReadonlySet<string> = new Set(['properties', 'required', 'enum', 'items', 'additionalProperties'])

const isSchema = (value: unknown): value is JsonSchema =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
const fieldsOf = (schema: JsonSchema): JsonSchema => (isSchema(schema['properties']) ? schema['properties'] : {})
const none: Comparison = { breaks: [], additions: [] }
const breaking = (...breaks: readonly string[]): Comparison => ({ ...none, breaks })
const together = (all: readonly Comparison[]): Comparison => ({
  breaks: all.flatMap(({ breaks }) => breaks),
  additions: all.flatMap(({ additions }) => additions),
})

/**
 * Both ways: events are kept for ever, so a reader of today has to understand those of before, and a reader of before
 * those of today.
 */
export function compareSchemas(before: JsonSchema, now: JsonSchema, path = 'data'): Comparison {
  const keywords = new Set([...Object.keys(before), ...Object.keys(now)])
  const changed = [...keywords]
    .filter((keyword) => !annotations.has(keyword) && !structural.has(keyword))
    .filter((keyword) => !isDeepStrictEqual(before[keyword], now[keyword]))
    .map((keyword) => `${path}: ${keyword} was ${text(before[keyword])} and is ${text(now[keyword])}`)
  return together([
    breaking(...changed),
    compareValues(before, now, path),
    compareFields(before, now, path),
    ...['items', 'additionalProperties'].map((keyword) => compareInner(before[keyword], now[keyword], `${path}[]`)),
  ])
}

function compareInner(before: unknown, now: unknown, path: string): Comparison {
  if (isSchema(before) && isSchema(now)) return compareSchemas(before, now, path)
  return isDeepStrictEqual(before, now) ? none : breaking(`${path}: was ${text(before)} and is ${text(now)}`)
}

function compareValues(before: JsonSchema, now: JsonSchema, path: string): Comparison {
  if (before['enum'] === undefined && now['enum'] === undefined) return none
  if (before['enum'] === undefined || now['enum'] === undefined)
    return breaking(`${path}: its list of values was ${now['enum'] === undefined ? 'taken away' : 'added'}`)
  const [old, recent] = [list(before['enum']), list(now['enum'])]
  const added = recent.filter((value) => !old.includes(value))
  const gone = old.filter((value) => !recent.includes(value))
  return breaking(
    ...added.map((value) => `${path}: has the new value ${text(value)}, which nobody who switches on it knows`),
    ...gone.map((value) => `${path}: lost the value ${text(value)}`),
  )
}

function compareFields(before: JsonSchema, now: JsonSchema, path: string): Comparison {
  const [old, recent] = [fieldsOf(before), fieldsOf(now)]
  const needed = new Set(list(now['required']))
  const wasNeeded = new Set(list(before['required']))
  const kept = Object.entries(old).map(([name, schema]): Comparison => {
    const field = `${path}.${name}`
    if (!Object.hasOwn(recent, name)) return breaking(`${field}: was removed`)
    const optional = wasNeeded.has(name) && !needed.has(name)
    const required = !wasNeeded.has(name) && needed.has(name)
    return together([
      optional ? breaking(`${field}: was in every event and is optional now`) : none,
      required ? breaking(`${field}: is required now, and events of before may not have it`) : none,
      compareInner(schema, recent[name], field),
    ])
  })
  const added = Object.keys(recent)
    .filter((name) => !Object.hasOwn(old, name))
    .map((name): Comparison => {
      const field = `${path}.${name}`
      return needed.has(name)
        ? breaking(`${field}: is new and required, and events of before do not have it`)
        : { ...none, additions: [`${field}: is new and optional`] }
    })
  return together([...kept, ...added])
}

const text = (value: unknown): string => JSON.stringify(value) ?? 'absent'

const nameOf = (file: string): string => file.replace(/\.v\d+\.json$/, '')

/** All published schemas against those of now, by file name. A version that another one follows stays as it was. */
export function compareContracts(
  published: ReadonlyMap<string, JsonSchema>,
  now: ReadonlyMap<string, JsonSchema>,
): Comparison {
  const names = new Set([...now.keys()].map(nameOf))
  const kept = [...published].map(([file, before]): Comparison => {
    const current = now.get(file)
    if (current === undefined)
      return names.has(nameOf(file)) ? none : breaking(`${file}: ${nameOf(file)} was published and is gone or renamed`)
    const { breaks, additions } = compareSchemas(before, current)
    return { breaks: breaks.map((each) => `${file}: ${each}`), additions: additions.map((each) => `${file}: ${each}`) }
  })
  const added = [...now.keys()].filter((file) => !published.has(file)).map((file) => `${file}: is new`)
  return together([...kept, { ...none, additions: added }])
}

/** What to do about it. */
export const howToVersion = `A reader would break. Take the change back, or make it a version:
1. raise \`version\` of the type in events/catalogue.ts; its schema of before stays in events/published/
2. npm run events:publish
3. say in docs/events.md, under "Versions", what changed and until when both are sent or read
A field that is new and optional needs none of this.`
