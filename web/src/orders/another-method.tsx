import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core'
import { IconCreditCardOff } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { SubmitEvent } from 'react'
import { isStaff } from '../auth/staff.ts'
import { useUser } from '../auth/use-session.ts'
import { PaymentMethods } from '../checkout/payment-methods.tsx'
import type { Order } from '../http/contract.ts'
import { isProblem } from '../http/problem.ts'
import { formatMoney, formatTime } from '../i18n/format.ts'
import { useLocale } from '../i18n/language.ts'
import { useText } from '../i18n/use-text.ts'
import { useFieldErrors } from '../ui/field-errors.ts'
import { fieldText } from '../ui/form-fields.ts'
import { FormProblem } from '../ui/form-problem.tsx'
import { useNotice } from '../ui/use-notice.ts'
import classes from './order-cards.module.css'
import { payOtherwise, showOrder } from './queries.ts'

/** After a decline, while the shop waits for another payment method. */
export function AnotherMethod({ order }: { readonly order: Order }) {
  const t = useText()
  const language = useLocale()
  const notice = useNotice()
  const client = useQueryClient()
  const staff = isStaff(useUser())
  const { mutate, error, isPending } = useMutation({
    mutationFn: (paymentMethod: string) => payOtherwise(order.id, paymentMethod),
    onSuccess: (answer) => {
      showOrder(client, answer)
      notice(t('another.accepted'))
    },
    onError: (problem) => {
      if (isProblem(problem, 'payment_method_not_awaited')) void client.invalidateQueries({ queryKey: ['orders'] })
    },
  })
  const errors = useFieldErrors(error, ['/paymentMethod'])
  const until = order.payment?.['retryUntil']
  if (!order.actions.includes('changePaymentMethod') || typeof until !== 'string') return null

  function submit(event: SubmitEvent<HTMLFormElement>): void {
    event.preventDefault()
    if (!isPending) mutate(fieldText(new FormData(event.currentTarget), 'paymentMethod'))
  }

  return (
    <Paper withBorder p={{ base: 'md', sm: 'lg' }} className={classes['urgent'] ?? ''}>
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <Group gap="sm" wrap="nowrap" align="flex-start" role="status">
            <IconCreditCardOff size={24} color="var(--warn)" aria-hidden style={{ flex: 'none' }} />
            <div>
              <Title order={2}>
                {t(staff ? 'another.titleStaff' : 'another.title', { time: formatTime(until, language) })}
              </Title>
              <Text size="sm" c="dimmed" mt={4}>
                {t('another.text')}
              </Text>
            </div>
          </Group>
          <FormProblem error={error} others={errors.others} />
          <PaymentMethods error={errors.at('/paymentMethod')} columns={2} />
          {staff && <Text size="sm">{t('another.happens', { amount: formatMoney(order.total, language) })}</Text>}
          <Group>
            <Button type="submit" loading={isPending}>
              {t('another.button')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Paper>
  )
}
