import { Link } from '@tanstack/react-router'
import { useUser } from '../auth/use-session.ts'
import { useText } from '../i18n/use-text.ts'
import classes from './operations.module.css'

const forStaff = [
  { to: '/staff/dead-letters', label: 'operations.letters' },
  { to: '/staff/consumers', label: 'operations.consumers' },
] as const
const forAdmins = [...forStaff, { to: '/staff/audit', label: 'operations.audit' }] as const

/** The pages for those who keep the system running, as one. */
export function OperationsTabs() {
  const t = useText()
  const areas = useUser()?.role === 'admin' ? forAdmins : forStaff
  return (
    <nav aria-label={t('nav.operations')} className={classes['tabs']}>
      {areas.map(({ to, label }) => (
        <Link key={to} to={to} className={classes['tab']} activeOptions={{ includeSearch: false }}>
          {t(label)}
        </Link>
      ))}
    </nav>
  )
}
