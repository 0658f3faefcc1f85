import { HttpProblem, type Violation } from '../http/problem.ts'
import { hasText, type Translate } from '../i18n/text.ts'
import { useText } from '../i18n/use-text.ts'

/** The page's own words for the codes it knows; the API's words for the others. */
export function problemText(t: Translate, error: unknown): string {
  if (!(error instanceof HttpProblem)) return t('problem.unknown')
  const key = `problem.${error.code}`
  if (hasText(key)) return t(key)
  const detail = error.message === '' ? t('problem.unknown') : error.message
  return error.status >= 500 && error.traceId !== undefined ? `${detail} (${error.traceId})` : detail
}

export function violationText(t: Translate, { code, message }: Violation): string {
  // what has to have one character or entry at least is missing, not too short
  if (code === 'too_small' && />=1 (char|item)/.test(message)) return t('violation.required')
  const key = `violation.${code}`
  return hasText(key) ? t(key) : message
}

export function useProblemText(): (error: unknown) => string {
  const t = useText()
  return (error) => problemText(t, error)
}
