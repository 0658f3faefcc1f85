import type { Difference } from '../../workers/projection/dead-letters/tables.ts'

type Members = Readonly<Record<string, unknown>>

/** What is not the same in two JSON values, by JSON pointer (RFC 6901), depth first. */
export function difference(before: unknown, after: unknown, pointer = ''): Difference {
  if (!isContainer(before) || !isContainer(after) || Array.isArray(before) !== Array.isArray(after)) {
    return before === after ? [] : [{ pointer, before, after }]
  }
  const [old, now]: readonly Members[] = [{ ...before }, { ...after }]
  return [...new Set([...Object.keys(old ?? {}), ...Object.keys(now ?? {})])].flatMap((name) => {
    const place = `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`
    const [was, is] = [own(old, name), own(now, name)]
    if (was.length > 0 && is.length > 0) return difference(was[0], is[0], place)
    return [{ pointer: place, ...(was.length > 0 && { before: was[0] }), ...(is.length > 0 && { after: is[0] }) }]
  })
}

const isContainer = (value: unknown): value is object => typeof value === 'object' && value !== null
const own = (members: Members | undefined, name: string): readonly unknown[] =>
  members !== undefined && Object.hasOwn(members, name) ? [members[name]] : []
