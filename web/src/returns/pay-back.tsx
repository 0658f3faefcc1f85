import { Button, Stack, Text, TextInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconReceiptRefund } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type SubmitEvent, useState } from 'react'
import type { Order, Return } from '../http/contract.ts'
import { askAgainWhenLost, newKey } from '../http/once.ts'
import { formatMoney, parseAmount } from '../i18n/format.ts'
import { useLocale } from '../i18n/language.ts'
import { useText } from '../i18n/use-text.ts'
import { Dialog } from '../ui/dialog.tsx'
import { DialogEnd } from '../ui/dialog-end.tsx'
import { useFieldErrors } from '../ui/field-errors.ts'
import { fieldText } from '../ui/form-fields.ts'
import { FormProblem } from '../ui/form-problem.tsx'
import { useNotice } from '../ui/use-notice.ts'
import { refundableOf } from './left.ts'
import { type NewRefund, payBack, readReturnsAgain, showReturn } from './queries.ts'

type Props = { readonly order: Order; readonly returns: readonly Return[] }

/** For staff: a refund without goods. */
export function PayBack({ order, returns }: Props) {
  const t = useText()
  const [opened, { open, close }] = useDisclosure(false)
  return (
    <>
      <Button variant="default" px="sm" leftSection={<IconReceiptRefund size={18} aria-hidden />} onClick={open}>
        {t('refund.button')}
      </Button>
      <Dialog opened={opened} onClose={close} title={t('refund.button')}>
        <PayBackForm order={order} returns={returns} onClose={close} />
      </Dialog>
    </>
  )
}

function PayBackForm({ order, returns, onClose }: Props & { readonly onClose: () => void }) {
  const t = useText()
  const language = useLocale()
  const notice = useNotice()
  const client = useQueryClient()
  const [key] = useState(newKey)
  const [isUnreadable, setUnreadable] = useState(false)
  const most = refundableOf(order, returns)
  const { currency } = most
  const { mutate, error, isPending } = useMutation({
    mutationFn: (refund: NewRefund) => payBack(order.id, refund, key),
    ...askAgainWhenLost,
    onSuccess: (answer) => {
      showReturn(client, order.id, answer)
      onClose()
      notice(t(answer.status === 'requested' ? 'refund.waits' : 'refund.accepted'))
    },
    onError: () => void readReturnsAgain(client, order.id),
  })
  const errors = useFieldErrors(error, ['/amount/amountMinor', '/reason'])

  function submit(event: SubmitEvent<HTMLFormElement>): void {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const amountMinor = parseAmount(fieldText(form, 'amount'), currency)
    setUnreadable(amountMinor === undefined)
    if (amountMinor === undefined || isPending) return
    mutate({ amount: { amountMinor, currency }, reason: fieldText(form, 'reason').trim() })
  }

  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <Text size="sm">{t('refund.text', { amount: formatMoney(most, language) })}</Text>
        <FormProblem error={error} others={errors.others} />
        <TextInput
          name="amount"
          label={t('refund.amount', { currency })}
          inputMode="decimal"
          error={isUnreadable ? t('products.priceUnreadable') : errors.at('/amount/amountMinor')}
          data-autofocus
          required
        />
        <Text size="sm" c="dimmed">
          {t('refund.happens')}
        </Text>
        <TextInput name="reason" label={t('returns.reason')} error={errors.at('/reason')} maxLength={500} required />
        <DialogEnd onCancel={onClose} text={t('refund.button')} isPending={isPending} />
      </Stack>
    </form>
  )
}
