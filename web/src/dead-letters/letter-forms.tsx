import { Alert, Stack, Text, Textarea, Title } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useState } from 'react'
import type { WholeLetter } from '../http/contract.ts'
import { useText } from '../i18n/use-text.ts'
import { changesIn, parsed, parsedObject } from './changes.ts'
import { Differences } from './differences.tsx'
import { DryRun } from './dry-run.tsx'
import { LetterForm } from './letter-form.tsx'
import classes from './letters.module.css'

type Props = { readonly letter: WholeLetter; readonly onClose: () => void }

/** As it is, to the group that failed. */
export function RedriveForm({ letter, onClose }: Props) {
  const t = useText()
  return (
    <LetterForm
      letter={letter}
      act={{ what: 'redrive' }}
      title={t('letter.redrive')}
      submit={t('letter.redrive')}
      done={t('letter.redriven')}
      ready={letter.dryRun.accepted}
      onClose={onClose}
    >
      <Text size="sm">{t('letter.redriveText', { group: letter.group })}</Text>
      <DryRun of={letter.dryRun} />
      {!letter.dryRun.accepted && <Text size="sm">{t('letter.editInstead')}</Text>}
    </LetterForm>
  )
}

export function DiscardForm({ letter, onClose }: Props) {
  const t = useText()
  return (
    <LetterForm
      letter={letter}
      act={{ what: 'discard' }}
      title={t('letter.discard')}
      submit={t('letter.discard')}
      done={t('letter.discarded')}
      onClose={onClose}
    >
      <Alert color="orange" variant="light" icon={<IconAlertTriangle />}>
        {t(letter.group === 'projection' ? 'letter.discardView' : 'letter.discardText')}
      </Alert>
    </LetterForm>
  )
}

/** Another body under the same headers; what becomes different is seen before it is sent. */
export function EditForm({ letter, onClose }: Props) {
  const t = useText()
  const original = textOf(letter)
  const [text, setText] = useState(() => pretty(original))
  const data = parsedObject(text)
  const changes = data === undefined ? [] : changesIn(parsed(original)?.value, data)
  return (
    <LetterForm
      letter={letter}
      act={{ what: 'redrive', data }}
      title={t('letter.edit')}
      submit={t('letter.sendEdited')}
      done={t('letter.redriven')}
      ready={changes.length > 0}
      wide
      onClose={onClose}
    >
      <Text size="sm">{t('letter.editText', { group: letter.group })}</Text>
      <Textarea
        label={t('letter.body')}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        error={data === undefined ? t('letter.noObject') : undefined}
        classNames={{ input: classes['editor'] ?? '' }}
        rows={12}
        spellCheck={false}
        data-autofocus
      />
      {data !== undefined && (
        <Stack gap="xs" aria-live="polite">
          <Title order={3} size="h5">
            {t('letter.difference')}
          </Title>
          {changes.length === 0 ? (
            <Text size="sm" c="dimmed">
              {t('letter.noDifference')}
            </Text>
          ) : (
            <Differences changes={changes} />
          )}
        </Stack>
      )}
    </LetterForm>
  )
}

const textOf = ({ body }: WholeLetter): string => (body !== null && 'text' in body ? body.text : '')
const pretty = (text: string): string => {
  const json = parsed(text)
  return json === undefined ? text : JSON.stringify(json.value, undefined, 2)
}
