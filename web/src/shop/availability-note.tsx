import { IconAlertCircle, IconCircleCheck, IconCircleX } from '@tabler/icons-react'
import type { Product } from '../http/contract.ts'
import { formatNumber } from '../i18n/format.ts'
import { useLocale } from '../i18n/language.ts'
import { useText } from '../i18n/use-text.ts'
import { Note } from '../ui/note.tsx'
import { availabilityOf } from './find.ts'

export function AvailabilityNote({ product }: { readonly product: Product }) {
  const t = useText()
  const language = useLocale()
  switch (availabilityOf(product)) {
    case 'soldOut':
      return <Note tone="bad" icon={IconCircleX} text={t('shop.soldOut')} />
    case 'few':
      return <Note tone="warn" icon={IconAlertCircle} text={t('shop.few', { count: product.available })} />
    case 'plenty':
      return (
        <Note
          tone="good"
          icon={IconCircleCheck}
          text={t('shop.plenty', { number: formatNumber(product.available, language) })}
        />
      )
  }
}
