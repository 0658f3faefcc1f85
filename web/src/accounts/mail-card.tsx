import { Anchor, Group, Paper, Stack, Text, Title } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck, IconClock } from '@tabler/icons-react'
import { useText } from '../i18n/use-text.ts'
import { Note, type Look } from '../ui/note.tsx'
import { Time } from '../ui/time.tsx'
import { linkParts } from './link-parts.ts'
import classes from './mail.module.css'
import type { Mail } from './queries.ts'

const looks: Readonly<Record<Mail['state'], Look>> = {
  waiting: { tone: 'busy', icon: IconClock },
  sent: { tone: 'good', icon: IconCircleCheck },
  given_up: { tone: 'bad', icon: IconAlertTriangle },
}

export function MailCard({ mail: { to, subject, state, queuedAt, text } }: { readonly mail: Mail }) {
  const t = useText()
  return (
    <Paper withBorder p={{ base: 'md', sm: 'lg' }} component="li">
      <Stack gap="xs">
        <Group justify="space-between" gap="xs">
          <Title order={2} size="h4">
            {subject}
          </Title>
          <Note {...looks[state]} text={t(`mailState.${state}`)} filled />
        </Group>
        <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
          {t('mailbox.to', { to })}
          {' · '}
          <Time at={queuedAt} />
        </Text>
        {text === null ? (
          <Text size="sm" c="dimmed" fs="italic">
            {t('mailbox.noText')}
          </Text>
        ) : (
          <div className={classes['text']}>
            {linkParts(text.trim()).map((part, index) =>
              part.isLink ? (
                <Anchor key={index} href={part.text} rel="noreferrer" underline="always" inherit>
                  {part.text}
                </Anchor>
              ) : (
                <span key={index}>{part.text}</span>
              ),
            )}
          </div>
        )}
      </Stack>
    </Paper>
  )
}
