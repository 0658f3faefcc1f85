import { Link, type LinkProps } from '@tanstack/react-router'
import classes from './tabs.module.css'

type Tab = { readonly to: NonNullable<LinkProps['to']>; readonly text: string }

/** Several pages as one. */
export function Tabs({ label, tabs }: { readonly label: string; readonly tabs: readonly Tab[] }) {
  return (
    <nav aria-label={label} className={classes['tabs']}>
      {tabs.map(({ to, text }) => (
        <Link key={to} to={to} className={classes['tab']} activeOptions={{ includeSearch: false }}>
          {text}
        </Link>
      ))}
    </nav>
  )
}
