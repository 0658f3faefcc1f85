import { Button, Group, Paper, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { isAdmin } from '../auth/staff.ts'
import { useUser } from '../auth/use-session.ts'
import type { LetterCause } from '../http/contract.ts'
import { useText } from '../i18n/use-text.ts'
import { TextLink } from '../ui/links.tsx'
import { Failed, Loading } from '../ui/states.tsx'
import { Time } from '../ui/time.tsx'
import { causesQuery, type Which } from './queries.ts'
import classes from './letters.module.css'

/** What open letters have in common: most of the time one repair heals all of a line. */
export function Causes({ onRedrive }: { readonly onRedrive: (which: Which) => void }) {
  const t = useText()
  const { data, error, isPending, isError, refetch } = useQuery(causesQuery)
  if (isPending) return <Loading rows={2} height={64} />
  if (isError) return <Failed error={error} retry={refetch} />
  if (data.items.length === 0) return null
  return (
    <Paper withBorder p={{ base: 'md', sm: 'lg' }} component="section" aria-labelledby="causes">
      <Title order={2} id="causes" mb="xs">
        {t('letters.causes')}
      </Title>
      <ul className={classes['causes']}>
        {data.items.map((cause) => (
          <Cause key={`${cause.group} ${cause.type} ${cause.cause}`} cause={cause} onRedrive={onRedrive} />
        ))}
      </ul>
    </Paper>
  )
}

type Props = { readonly cause: LetterCause; readonly onRedrive: (which: Which) => void }

function Cause({ cause: { group, type, cause, count, last }, onRedrive }: Props) {
  const t = useText()
  const admin = isAdmin(useUser())
  // those without a type can't be chosen by having none
  const filter = { group, cause, ...(type !== null && { type }) }
  const named = `${cause}, ${group}`
  return (
    <li className={classes['cause']}>
      <span className={classes['count']}>{count}</span>
      <div className={classes['what']}>
        <strong>{cause}</strong>
        <span className={classes['note']}>
          {group} · {type ?? t('letter.noType')} · {t('letters.last')} <Time at={last} />
        </span>
      </div>
      <Group gap="sm" className={classes['deeds'] ?? ''}>
        <TextLink
          to="/staff/dead-letters"
          search={filter}
          size="sm"
          aria-label={t('letters.showNamed', { name: named })}
        >
          {t('letters.show')}
        </TextLink>
        {admin && (
          <Button
            size="xs"
            variant="default"
            onClick={() => onRedrive({ filter })}
            aria-label={t('letters.redriveAllNamed', { name: named })}
          >
            {t('letters.redriveAll')}
          </Button>
        )}
      </Group>
    </li>
  )
}
