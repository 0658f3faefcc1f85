import { Group, Paper, Stack, Text, Title } from '@mantine/core'
import { IconAlertTriangle, IconMapPin, IconServerOff } from '@tabler/icons-react'
import type { Clock } from '../http/contract.ts'
import { formatMoment } from '../i18n/format.ts'
import { useLocale } from '../i18n/language.ts'
import type { Translate } from '../i18n/text.ts'
import { useText } from '../i18n/use-text.ts'
import { actionName, stepName } from '../saga/names.ts'
import { Copyable } from '../ui/copyable.tsx'
import { Note } from '../ui/note.tsx'

type Waiting = Clock['waitingFor'][number]

/** Why the order is where it is, and what of its clock is not there. */
export function ClockHeadline({ orderId, clock }: { readonly orderId: string; readonly clock: Clock }) {
  const t = useText()
  const language = useLocale()
  const groups = clock.waitingFor.filter(({ group }) => group !== null)
  return (
    <Paper withBorder p={{ base: 'md', sm: 'lg' }}>
      <Stack gap="sm">
        <Group justify="space-between" gap="xs">
          <Title order={2}>{t('clock.where')}</Title>
          <Copyable text={orderId} />
        </Group>
        {groups.map((one) => (
          <Stack key={`${one.step}/${one.action}`} gap={4}>
            <Text>
              {sentence(t, language, one)}
              {one.until !== null && ` ${t('clock.until', { until: formatMoment(one.until, language) })}`}
            </Text>
            {one.processes === 0 && (
              <Note tone="bad" icon={IconServerOff} text={t('clock.nobodyRuns', { group: one.group ?? '' })} />
            )}
          </Stack>
        ))}
        {/* the API's own words, in English wherever they are read */}
        {groups.length === 0 && clock.headline !== '' && <Text lang="en">{clock.headline}</Text>}
        <Stack gap={4}>
          {clock.kafka === 'read' ? (
            <Note tone="good" icon={IconMapPin} text={t('clock.read')} />
          ) : (
            <Note
              tone="warn"
              icon={IconMapPin}
              text={t(clock.kafka === 'away' ? 'clock.kafkaAway' : 'clock.kafkaCut')}
            />
          )}
          {clock.missing.map(({ source, why }) => (
            <Note
              key={`${source}/${why}`}
              tone="warn"
              icon={IconAlertTriangle}
              text={t(`clock.missing.${why}`, { source: t(`clock.source.${source}`) })}
            />
          ))}
        </Stack>
      </Stack>
    </Paper>
  )
}

function sentence(t: Translate, language: string, { step, action, group, behind, since }: Waiting): string {
  const names = { step: stepName(t, step), action: actionName(t, step, action), group: group ?? '' }
  const told = { ...names, since: since === null ? '–' : formatMoment(since, language) }
  return behind === null ? t('clock.waitingSilent', told) : t('clock.waiting', { ...told, behind })
}
