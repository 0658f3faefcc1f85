import { Paper, Stack, Text, Title } from '@mantine/core'
import type { WholeLetter } from '../http/contract.ts'
import { useText } from '../i18n/use-text.ts'
import { Time } from '../ui/time.tsx'
import { Differences } from './differences.tsx'
import classes from './letters.module.css'

/** Who did what about it and why, newest first. */
export function LetterActs({ letter: { acts } }: { readonly letter: WholeLetter }) {
  const t = useText()
  return (
    <Paper withBorder p={{ base: 'md', sm: 'lg' }}>
      <Title order={2} mb="md">
        {t('letter.acts')}
      </Title>
      {acts.length === 0 && <Text c="dimmed">{t('letter.noActs')}</Text>}
      <ol className={classes['acts']} reversed>
        {acts.toReversed().map((act) => (
          <li key={act.at} className={classes['act']}>
            <Stack gap={4}>
              <div>
                <strong>{t(`letterState.${act.kind}`)}</strong> · <Time at={act.at} />
              </div>
              <Text style={{ overflowWrap: 'anywhere' }}>{act.reason}</Text>
              <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
                {t('letter.by', { kind: act.by.kind, id: act.by.id })}
              </Text>
              {act.kind === 'redriven' && (
                <Text size="sm" c="dimmed">
                  {act.sentAt === null ? (
                    t('letter.notSentYet')
                  ) : (
                    <>
                      {t('letter.sentAt')} <Time at={act.sentAt} />
                    </>
                  )}
                </Text>
              )}
              {act.difference !== null && <Differences changes={act.difference} />}
            </Stack>
          </li>
        ))}
      </ol>
    </Paper>
  )
}
