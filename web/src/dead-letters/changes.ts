export type Change = { readonly pointer: string; readonly before?: unknown; readonly after?: unknown }

type Members = Readonly<Record<string, unknown>>

/** What is not the same in two JSON values, by JSON pointer: what the API will keep with the letter. */
export function changesIn(before: unknown, after: unknown, pointer = ''): readonly Change[] {
  if (!isContainer(before) || !isContainer(after) || Array.isArray(before) !== Array.isArray(after)) {
    return before === after ? [] : [{ pointer, before, after }]
  }
  const [old, now]: readonly [Members, Members] = [{ ...before }, { ...after }]
  return [...new Set([...Object.keys(old), ...Object.keys(now)])].flatMap((name): readonly Change[] => {
    const place = `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`
    if (!Object.hasOwn(now, name)) return [{ pointer: place, before: old[name] }]
    if (!Object.hasOwn(old, name)) return [{ pointer: place, after: now[name] }]
    return changesIn(old[name], now[name], place)
  })
}

const isContainer = (value: unknown): value is object => typeof value === 'object' && value !== null

/** @returns undefined where the text is no JSON. */
export function parsed(text: string): { readonly value: unknown } | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return { value }
  } catch {
    return undefined // people are still typing, or a service sent something else: told beside the field
  }
}

/** Bodies of events are objects; nothing else can be sent. */
export function parsedObject(text: string): Members | undefined {
  const value = parsed(text)?.value
  return isContainer(value) && !Array.isArray(value) ? { ...value } : undefined
}
