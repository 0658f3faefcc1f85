import { Link } from '@tanstack/react-router'
import { useText } from '../i18n/use-text.ts'
import classes from './accounts.module.css'

const areas = [
  { to: '/staff/accounts', label: 'accounts.people' },
  { to: '/staff/programs', label: 'programs.title' },
  { to: '/staff/mailbox', label: 'mailbox.title' },
] as const

/** The pages about who may come in, as one. */
export function AccountsTabs() {
  const t = useText()
  return (
    <nav aria-label={t('nav.accounts')} className={classes['tabs']}>
      {areas.map(({ to, label }) => (
        <Link key={to} to={to} className={classes['tab']} activeOptions={{ includeSearch: false }}>
          {t(label)}
        </Link>
      ))}
    </nav>
  )
}
