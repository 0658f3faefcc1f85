import { hasText, type Translate } from '../i18n/text.ts'
import { reasonText } from '../saga/reason.ts'
import { stepName } from '../saga/names.ts'

/** A status, or a step that an order has behind it. */
export function milestoneName(t: Translate, name: string): string {
  const key = `status.${name}`
  return hasText(key) ? t(key) : stepName(t, name)
}

/** `payment:card_declined` in the reader's words; a code that the page doesn't know as it is. */
export function reasonName(t: Translate, reason: string): string {
  const [step = '', code] = reason.split(':')
  if (code === undefined) return t('figures.cancelled')
  return `${stepName(t, step)}: ${reasonText(t, { code, message: code.replaceAll('_', ' ') })}`
}
