import { Button, Text } from '@mantine/core'
import { IconCircleCheck, IconDeviceDesktop, IconDeviceMobile } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { leave } from '../auth/session.ts'
import { isProblem } from '../http/problem.ts'
import type { Translate } from '../i18n/text.ts'
import { useText } from '../i18n/use-text.ts'
import { FormProblem } from '../ui/form-problem.tsx'
import { Note } from '../ui/note.tsx'
import { Time } from '../ui/time.tsx'
import { readDevice } from './device-name.ts'
import classes from './me.module.css'
import { endSession, type LiveSession, sessionsKey } from './queries.ts'

export function SessionRow({ session }: { readonly session: LiveSession }) {
  const t = useText()
  const client = useQueryClient()
  const navigate = useNavigate()
  const { current } = session
  const readAgain = () => client.invalidateQueries({ queryKey: sessionsKey })
  const { mutate, error, isPending } = useMutation({
    mutationFn: () => endSession(session.id),
    onSuccess: () => {
      if (!current) return readAgain()
      leave()
      return navigate({ to: '/' })
    },
    // it has ended meanwhile, which is what was wanted
    onError: (problem) => isProblem(problem, 'not_found') && readAgain(),
  })
  const name = deviceName(t, session)
  const Picture = readDevice(session.userAgent).kind === 'phone' ? IconDeviceMobile : IconDeviceDesktop
  return (
    <li className={classes['session']}>
      <Picture size={26} stroke={1.5} aria-hidden className={classes['picture']} />
      <div className={classes['device']}>
        <Text fw={600}>{name}</Text>
        {current && <Note tone="good" icon={IconCircleCheck} text={t('me.thisOne')} />}
        <Text size="sm" c="dimmed">
          {t('me.lastSeen')} <Time at={session.lastUsedAt} />{' '}
          {t('me.from', { address: session.address }).replaceAll(' ', '\u00a0')}
        </Text>
        {!isProblem(error, 'not_found') && <FormProblem error={error} others={[]} />}
      </div>
      <Button
        size="xs"
        variant="default"
        loading={isPending}
        aria-label={t(current ? 'me.endThis' : 'me.endNamed', { name })}
        onClick={() => mutate()}
      >
        {t(current ? 'auth.signOut' : 'me.end')}
      </Button>
    </li>
  )
}

/** `Firefox on Android`; of what is no browser, what it calls itself. */
function deviceName(t: Translate, { userAgent }: LiveSession): string {
  const { browser, system } = readDevice(userAgent)
  if (browser !== undefined && system !== undefined) return t('me.device', { browser, system })
  return browser ?? system ?? (userAgent === '' ? t('me.unknownDevice') : userAgent.slice(0, 40))
}
