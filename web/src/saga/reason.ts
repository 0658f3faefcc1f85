import { hasText, type Translate } from '../i18n/text.ts'

/** Reasons that the page knows in the reader's language; the participant's own words for the others. */
export function reasonText(
  t: Translate,
  { code, message }: { readonly code: string; readonly message: string },
): string {
  const key = `reason.${code}`
  return hasText(key) ? t(key) : message
}
