import { formatMoney } from '../i18n/format.ts'
import { useLocale } from '../i18n/language.ts'
import type { Money } from '../http/contract.ts'

export function Amount({ of }: { readonly of: Money }) {
  const language = useLocale()
  return <span className="tabular">{formatMoney(of, language)}</span>
}
