import { Outlet } from '@tanstack/react-router'
import { useText } from '../i18n/use-text.ts'
import { Tour } from '../tour/tour.tsx'
import { Header } from './header.tsx'
import { useMeta } from './meta.ts'
import classes from './shell.module.css'

export function Shell() {
  const t = useText()
  const { demo } = useMeta()
  return (
    <div className={classes['shell']}>
      <a href="#content" className="skip-link">
        {t('nav.skip')}
      </a>
      <Header />
      {demo && (
        <aside className={classes['demo']} aria-label={t('demo.badge')}>
          <strong>{t('demo.badge')}</strong> {t('demo.text')} <Tour />
        </aside>
      )}
      <main id="content" tabIndex={-1} className={classes['main']}>
        <Outlet />
      </main>
      <footer className={classes['footer']}>
        <span>Holdfast</span>
        <a href="/docs">{t('nav.docs')}</a>
      </footer>
    </div>
  )
}
