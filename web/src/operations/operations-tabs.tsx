import { Link } from '@tanstack/react-router'
import { useUser } from '../auth/use-session.ts'
import { useText } from '../i18n/use-text.ts'
import { areas } from './areas.ts'
import classes from './operations.module.css'

/** The pages for those who keep the system running, as one; each sees those that are for them. */
export function OperationsTabs() {
  const t = useText()
  const user = useUser()
  return (
    <nav aria-label={t('nav.operations')} className={classes['tabs']}>
      {areas
        .filter(({ may }) => may(user))
        .map(({ to, label }) => (
          <Link key={to} to={to} className={classes['tab']} activeOptions={{ includeSearch: false }}>
            {t(label)}
          </Link>
        ))}
    </nav>
  )
}
