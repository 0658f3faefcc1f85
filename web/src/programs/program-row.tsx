import { Button, Text } from '@mantine/core'
import { IconCircleCheck, IconClockOff, IconLock } from '@tabler/icons-react'
import { useText } from '../i18n/use-text.ts'
import { Copyable } from '../ui/copyable.tsx'
import { Note } from '../ui/note.tsx'
import { Time } from '../ui/time.tsx'
import classes from './programs.module.css'
import type { Program } from './queries.ts'

type Props = { readonly program: Program; readonly onRevoke: () => void }

export function ProgramRow({ program, onRevoke }: Props) {
  const t = useText()
  const { id, name, scopes, keys, expiresAt, lastUsedAt, revokedAt } = program
  return (
    <li className={classes['row']}>
      <div className={classes['what']}>
        <Text fw={600}>{name}</Text>
        <Copyable text={id} />
        <Text size="sm" c="dimmed">
          {scopes.map((scope) => t(`scope.${scope}`)).join(' · ')}
        </Text>
      </div>
      <div className={classes['use']}>
        {lastUsedAt === null ? t('programs.neverUsed') : t('programs.lastUsed')}
        {lastUsedAt !== null && (
          <>
            {' '}
            <Time at={lastUsedAt} />
          </>
        )}
        {expiresAt !== null && (
          <div>
            {t('programs.ends')} <Time at={expiresAt} />
          </div>
        )}
        <div>{t('programs.keys', { count: keys.length })}</div>
      </div>
      <span className={classes['state']}>
        <State program={program} />
      </span>
      <div className={classes['tools']}>
        {revokedAt === null && (
          <Button size="xs" variant="default" aria-label={t('programs.revokeNamed', { name })} onClick={onRevoke}>
            {t('programs.revoke')}
          </Button>
        )}
      </div>
    </li>
  )
}

function State({ program: { revokedAt, expiresAt } }: { readonly program: Program }) {
  const t = useText()
  if (revokedAt !== null) return <Note tone="bad" icon={IconLock} text={t('programs.revoked')} />
  if (expiresAt !== null && new Date(expiresAt) <= new Date()) {
    return <Note tone="calm" icon={IconClockOff} text={t('programs.over')} />
  }
  return <Note tone="good" icon={IconCircleCheck} text={t('programs.live')} />
}
