import type { z } from 'zod'

type Issue = z.core.$ZodIssue

/** What has to be changed, in words that need no knowledge of the schema; nothing of what was given. */
export function wordingOf(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.expected === 'int' || issue.expected === 'number' ? 'has to be a whole number' : 'has to be set'
    case 'too_small':
      return issue.origin === 'string'
        ? `has to have ${issue.minimum} characters or more`
        : `has to be ${issue.inclusive === false ? 'above ' : ''}${issue.minimum}${issue.inclusive === false ? '' : ' or more'}`
    case 'too_big':
      return `has to be ${issue.maximum} or less`
    case 'invalid_value':
      return `has to be one of ${issue.values.join(', ')}`
    case 'invalid_union':
      // the first alternative is "nothing"
      return (issue.errors.at(-1) ?? []).map(wordingOf).join('; ')
    case 'invalid_format':
      return formatWording(issue)
    default:
      return issue.message
  }
}

function formatWording(issue: Extract<Issue, { code: 'invalid_format' }>): string {
  if (issue.format === 'url') return 'has to be a URL like https://host.example:8443'
  if (issue.format === 'starts_with') return `has to begin with ${String(Reflect.get(issue, 'prefix'))}`
  if (issue.format === 'ends_with') return `has to end with ${String(Reflect.get(issue, 'suffix'))}`
  return issue.message
}
