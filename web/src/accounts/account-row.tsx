import { Button, Text } from '@mantine/core'
import { IconCircleCheck, IconLock } from '@tabler/icons-react'
import { useUser } from '../auth/use-session.ts'
import { useText } from '../i18n/use-text.ts'
import { ButtonLink } from '../ui/links.tsx'
import { Note } from '../ui/note.tsx'
import { Time } from '../ui/time.tsx'
import classes from './accounts.module.css'
import type { SomeAccount } from './queries.ts'

type Props = { readonly account: SomeAccount; readonly onOpen: () => void }

/** One's own account leads to its own page: nobody changes their own role or locks themselves out. */
export function AccountRow({ account: { id, name, email, role, disabled, createdAt }, onOpen }: Props) {
  const t = useText()
  const isOwn = useUser()?.id === id
  return (
    <li className={classes['row']}>
      <div className={classes['who']}>
        <Text fw={600}>{name}</Text>
        <Text size="sm" c="dimmed">
          {email}
        </Text>
      </div>
      <span className={classes['role']}>{t(`accountRole.${role}`)}</span>
      <span className={classes['state']}>
        <StateNote disabled={disabled} />
      </span>
      <span className={classes['when']}>
        <Time at={createdAt} />
      </span>
      <div className={classes['tools']}>
        {isOwn ? (
          <ButtonLink to="/account" size="xs" variant="default">
            {t('accounts.own')}
          </ButtonLink>
        ) : (
          <Button size="xs" variant="default" aria-label={t('accounts.changeNamed', { name })} onClick={onOpen}>
            {t('accounts.change')}
          </Button>
        )}
      </div>
    </li>
  )
}

export function StateNote({ disabled }: { readonly disabled: boolean }) {
  const t = useText()
  return disabled ? (
    <Note tone="bad" icon={IconLock} text={t('accounts.disabled')} />
  ) : (
    <Note tone="good" icon={IconCircleCheck} text={t('accounts.enabled')} />
  )
}
