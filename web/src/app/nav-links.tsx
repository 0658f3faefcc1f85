import { Box } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { isAdmin, isStaff } from '../auth/staff.ts'
import { useUser } from '../auth/use-session.ts'
import type { User } from '../http/contract.ts'
import type { TextKey } from '../i18n/text.ts'
import { useText } from '../i18n/use-text.ts'
import { useMeta } from './meta.ts'
import classes from './shell.module.css'

type Target = '/' | '/orders' | '/scenarios' | '/staff/orders' | '/staff/returns' | '/staff/products'
type Entry = { readonly to: Target; readonly label: TextKey }

const forEveryone: readonly Entry[] = [{ to: '/', label: 'nav.shop' }]
const forCustomers: readonly Entry[] = [...forEveryone, { to: '/orders', label: 'nav.myOrders' }]
const forStaff: readonly Entry[] = [
  { to: '/staff/orders', label: 'nav.orders' },
  { to: '/staff/returns', label: 'nav.returns' },
]
const forAdmins: readonly Entry[] = [{ to: '/staff/products', label: 'nav.products' }]
const demoOnly: readonly Entry[] = [{ to: '/scenarios', label: 'nav.scenarios' }]

function entriesFor(user: User | undefined): readonly Entry[] {
  if (isStaff(user)) return [...forStaff, ...(isAdmin(user) ? forAdmins : []), ...forEveryone]
  return user === undefined ? forEveryone : forCustomers
}

type Props = {
  readonly label: string
  readonly className: string | undefined
  readonly visibleFrom?: 'md'
  readonly onFollow?: () => void
}

export function NavLinks({ label, className, visibleFrom, onFollow }: Props) {
  const t = useText()
  const user = useUser()
  const { demo } = useMeta()
  const own = entriesFor(user)
  return (
    <Box component="nav" aria-label={label} className={className} {...(visibleFrom && { visibleFrom })}>
      {[...own, ...(demo ? demoOnly : [])].map((entry) => (
        <Link
          key={entry.to}
          to={entry.to}
          className={classes['link']}
          activeOptions={{ exact: entry.to === '/', includeSearch: false }}
          onClick={() => onFollow?.()}
        >
          {t(entry.label)}
        </Link>
      ))}
    </Box>
  )
}
