import { Alert } from '@mantine/core'
import { IconMailExclamation } from '@tabler/icons-react'
import type { Saga } from '../http/contract.ts'
import { useText } from '../i18n/use-text.ts'
import { actionName, stepName } from '../saga/names.ts'
import { TextLink } from '../ui/links.tsx'

type Props = { readonly orderId: string; readonly saga: Saga }

/** Which asks lie in a dead-letter topic, and the way to them. */
export function DeadLettersNote({ orderId, saga: { deadLetters = [] } }: Props) {
  const t = useText()
  if (deadLetters.length === 0) return null
  return (
    <Alert color="orange" variant="light" icon={<IconMailExclamation />} title={t('staff.deadLetters')}>
      {deadLetters.map(({ step, action, message }) => (
        <div key={`${step} ${action}`}>
          {stepName(t, step)} ({actionName(t, step, action)}): <span lang="en">{message}</span>
        </div>
      ))}
      <TextLink to="/staff/dead-letters" search={{ orderId }} size="sm">
        {t('staff.showDeadLetters')}
      </TextLink>
    </Alert>
  )
}
