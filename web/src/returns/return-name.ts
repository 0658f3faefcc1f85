import type { Return } from '../http/contract.ts'
import type { Translate } from '../i18n/text.ts'

/** Money alone is paid back without anything being returned, though both are counted as one. */
export const returnName = (t: Translate, { number, lines }: Pick<Return, 'number' | 'lines'>): string =>
  t(lines.length === 0 ? 'return.refundTitle' : 'return.title', { number })
