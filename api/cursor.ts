import { uuidPattern } from '../domain/ids.ts'
import { invalid } from './problem.ts'

/** Cursors are opaque to clients: a list of strings that says where the next page begins. */
export const encodeCursor = (...parts: readonly string[]): string =>
  Buffer.from(JSON.stringify(parts)).toString('base64url')

/** @throws a problem unless it is a cursor of that many parts, each of which passes its check. */
export function decodeCursor(cursor: string, checks: readonly ((part: string) => boolean)[]): readonly string[] {
  const parts = parse(cursor)
  const good =
    Array.isArray(parts) &&
    parts.length === checks.length &&
    parts.every((part, index) => typeof part === 'string' && checks[index]?.(part) === true)
  if (good) return parts as string[]
  throw invalid([{ pointer: '/query/cursor', code: 'invalid', message: 'Is not a cursor of this list' }])
}

/** Behind which row the next page begins, of a list whose newest comes first: its time and its id. */
export function decodeRow(cursor: string | undefined): readonly [at: Date, id: string] | undefined {
  if (cursor === undefined) return undefined
  const [at = '', id = ''] = decodeCursor(cursor, [isTime, isId])
  return [new Date(at), id]
}

function parse(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString())
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

/** One more row than the page holds was asked for: where it is there, so is a next page. */
export function pageOf<Row>(
  rows: readonly Row[],
  limit: number,
  cursorAfter: (last: Row) => string,
): { readonly rows: readonly Row[]; readonly nextCursor: string | null } {
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return { rows: page, nextCursor: rows.length > limit && last !== undefined ? cursorAfter(last) : null }
}

/** The year 10000, which no database knows. */
const endOfTimes = 253_402_300_800_000

/** What parts of cursors may be. */
export const isTime = (text: string): boolean => Date.parse(text) >= 0 && Date.parse(text) < endOfTimes
export const isId = (text: string): boolean => uuidPattern.test(text)
export const isNumber = (text: string): boolean => /^\d{1,9}$/.test(text)
export const isName = (text: string): boolean => /^[\x20-\x7e]{1,128}$/.test(text)
