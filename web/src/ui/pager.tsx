import { Group } from '@mantine/core'
import { IconArrowLeft, IconArrowRight } from '@tabler/icons-react'
import type { MessageSearch } from '../app/operator-search.ts'
import type { OrderSearch, ReturnSearch } from '../app/search.ts'
import type { AuditSearch, LetterSearch } from '../app/staff-search.ts'
import type { BoardSearch } from '../board/search.ts'
import { useText } from '../i18n/use-text.ts'
import { ButtonLink } from './links.tsx'

type Props = {
  /** The list with its search as it is in the address. */
  readonly to:
    '/orders' | '/staff/orders' | '/staff/returns' | '/staff/dead-letters' | '/staff/audit' | '/staff/notifications'
  readonly search: OrderSearch | BoardSearch | ReturnSearch | LetterSearch | AuditSearch | MessageSearch
  readonly nextCursor: string | null
}

/** To the newest page, and to the next older one. */
export function Pager({ to, search: { cursor, ...filter }, nextCursor }: Props) {
  const t = useText()
  return (
    <Group justify="space-between" component="nav" aria-label={t('orders.pages')}>
      {cursor === undefined ? (
        <span />
      ) : (
        <ButtonLink to={to} search={filter} variant="default" leftSection={<IconArrowLeft size={16} aria-hidden />}>
          {t('orders.newest')}
        </ButtonLink>
      )}
      {nextCursor !== null && (
        <ButtonLink
          to={to}
          search={{ ...filter, cursor: nextCursor }}
          variant="default"
          rightSection={<IconArrowRight size={16} aria-hidden />}
        >
          {t('orders.older')}
        </ButtonLink>
      )}
    </Group>
  )
}
