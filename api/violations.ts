import type { z } from 'zod'

export type Violation = {
  /** RFC 6901 in the body; `/query/…`, `/path/…` or `/headers/…` elsewhere. */
  readonly pointer: string
  readonly code: string
  readonly message: string
}

type Issue = z.core.$ZodIssue

/** Where a value comes from is told by the head of its pointer; the body's own has none. */
const heads: Readonly<Record<string, string>> = { query: '/query', param: '/path', header: '/headers' }

/** All violations that a parser found: an unknown field each on its own, under its own pointer. */
export function violationsOf(issues: readonly Issue[], target = 'json'): readonly Violation[] {
  const head = heads[target] ?? ''
  return issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({
          pointer: head + pointer([...issue.path, key]),
          code: 'unknown_field',
          message: 'This field is not known',
        }))
      : [{ pointer: head + pointer(issue.path), ...told(issue) }],
  )
}

/** RFC 6901: `~` and `/` within a name are escaped. */
export const pointer = (path: readonly PropertyKey[]): string =>
  path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')

function told(issue: Issue): { readonly code: string; readonly message: string } {
  const { message } = issue
  switch (issue.code) {
    case 'invalid_type':
      if (message.endsWith('received undefined')) return { code: 'required', message: 'Is missing' }
      if (issue.expected === 'int' && message.endsWith('received number')) {
        return { code: 'not_an_integer', message: 'Has to be a whole number' }
      }
      return { code: 'wrong_type', message }
    case 'custom':
      return { code: typeof issue.params?.['code'] === 'string' ? issue.params['code'] : 'invalid', message }
    case 'too_small':
    case 'too_big':
    case 'not_multiple_of':
    case 'invalid_format':
      return { code: issue.code, message }
    case 'invalid_value':
      return { code: 'not_allowed', message }
    default:
      return { code: 'invalid', message }
  }
}
