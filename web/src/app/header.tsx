import { Burger, Drawer } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { Link } from '@tanstack/react-router'
import { isStaff } from '../auth/staff.ts'
import { useUser } from '../auth/use-session.ts'
import { useText } from '../i18n/use-text.ts'
import { AccountMenu } from './account-menu.tsx'
import { CartLink } from './cart-link.tsx'
import { Logo } from './logo.tsx'
import { NavLinks } from './nav-links.tsx'
import { ViewMenu } from './view-menu.tsx'
import classes from './shell.module.css'

export function Header() {
  const t = useText()
  const user = useUser()
  const [opened, { toggle, close }] = useDisclosure(false)
  return (
    <header className={classes['header']}>
      <div className={classes['bar']}>
        <Burger
          opened={opened}
          onClick={toggle}
          hiddenFrom="md"
          size="sm"
          aria-label={t('nav.menu')}
          aria-expanded={opened}
        />
        <Link to="/" className={classes['logo']} aria-label={t('nav.home')}>
          <Logo /> Holdfast
        </Link>
        <NavLinks label={t('nav.main')} className={classes['nav']} visibleFrom="md" />
        <div className={classes['tools']}>
          {!isStaff(user) && <CartLink />}
          <ViewMenu />
          <AccountMenu />
        </div>
      </div>
      <Drawer
        opened={opened}
        onClose={close}
        title={t('nav.menu')}
        size={300}
        closeButtonProps={{ 'aria-label': t('close') }}
      >
        <NavLinks label={t('nav.main')} className={classes['drawerNav']} onFollow={close} />
      </Drawer>
    </header>
  )
}
