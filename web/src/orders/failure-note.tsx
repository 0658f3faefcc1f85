import { Alert } from '@mantine/core'
import { IconInfoCircle } from '@tabler/icons-react'
import type { Order } from '../http/contract.ts'
import { useText } from '../i18n/use-text.ts'
import { stepName } from '../saga/names.ts'
import { reasonText } from '../saga/reason.ts'

/** Why there is no order, and that nothing is left of it. */
export function FailureNote({ order }: { readonly order: Order }) {
  const t = useText()
  const { failure, status } = order
  if (failure === undefined) return null
  return (
    <Alert
      color="red"
      variant="light"
      icon={<IconInfoCircle />}
      title={t('order.failedAt', { step: stepName(t, failure.step) })}
    >
      {reasonText(t, failure)} {status === 'rejected' ? t('order.nothingLeft') : ''}
    </Alert>
  )
}
