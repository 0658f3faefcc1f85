import { Box } from '@mantine/core'
import { Link, useLocation } from '@tanstack/react-router'
import { areas as accounts } from '../accounts/areas.ts'
import { isAdmin, isStaff } from '../auth/staff.ts'
import { useUser } from '../auth/use-session.ts'
import type { User } from '../http/contract.ts'
import type { TextKey } from '../i18n/text.ts'
import { useText } from '../i18n/use-text.ts'
import { areas as operations } from '../operations/areas.ts'
import { isIn } from '../ui/is-in.ts'
import { useMeta } from './meta.ts'
import classes from './shell.module.css'

type Target =
  | '/'
  | '/orders'
  | '/scenarios'
  | '/staff/orders'
  | '/staff/returns'
  | '/staff/products'
  | '/staff/dead-letters'
  | '/staff/accounts'
/** `pages`: one link leads to all of these, so it is lit on each. */
type Entry = { readonly to: Target; readonly label: TextKey; readonly pages?: Parameters<typeof isIn>[0] }

const forEveryone: readonly Entry[] = [{ to: '/', label: 'nav.shop' }]
const forCustomers: readonly Entry[] = [...forEveryone, { to: '/orders', label: 'nav.myOrders' }]
const forStaff: readonly Entry[] = [
  { to: '/staff/orders', label: 'nav.orders' },
  { to: '/staff/returns', label: 'nav.returns' },
  { to: '/staff/dead-letters', label: 'nav.operations', pages: operations },
]
const forAdmins: readonly Entry[] = [
  { to: '/staff/products', label: 'nav.productsShort' },
  { to: '/staff/accounts', label: 'nav.accounts', pages: accounts },
]
const demoOnly: readonly Entry[] = [{ to: '/scenarios', label: 'nav.scenarios' }]

function entriesFor(user: User | undefined): readonly Entry[] {
  if (isStaff(user)) return [...forStaff, ...(isAdmin(user) ? forAdmins : []), ...forEveryone]
  return user === undefined ? forEveryone : forCustomers
}

type Props = {
  readonly label: string
  readonly className: string | undefined
  readonly visibleFrom?: 'md' | 'lg'
  readonly onFollow?: () => void
}

export function NavLinks({ label, className, visibleFrom, onFollow }: Props) {
  const t = useText()
  const user = useUser()
  const { demo } = useMeta()
  const own = entriesFor(user)
  const path = useLocation({ select: ({ pathname }) => pathname })
  return (
    <Box component="nav" aria-label={label} className={className} {...(visibleFrom && { visibleFrom })}>
      {[...own, ...(demo ? demoOnly : [])].map((entry) => (
        <Link
          key={entry.to}
          to={entry.to}
          className={classes['link']}
          activeOptions={{ exact: entry.to === '/', includeSearch: false }}
          onClick={() => onFollow?.()}
          {...(isIn(entry.pages ?? [], path) && { 'aria-current': 'true' as const })}
        >
          {t(entry.label)}
        </Link>
      ))}
    </Box>
  )
}
