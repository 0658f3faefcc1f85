import { Button, Stack, Text, Textarea } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type SubmitEvent, useState } from 'react'
import type { Order } from '../http/contract.ts'
import { isProblem } from '../http/problem.ts'
import type { TextKey } from '../i18n/text.ts'
import { useText } from '../i18n/use-text.ts'
import { Dialog } from '../ui/dialog.tsx'
import { DialogEnd } from '../ui/dialog-end.tsx'
import { FormProblem } from '../ui/form-problem.tsx'
import { useFieldErrors } from '../ui/field-errors.ts'
import { useNotice } from '../ui/use-notice.ts'
import { WouldUndo } from './would-undo.tsx'
import { cancelOrder, showOrder } from './queries.ts'

/** Offered while the API says that it is possible; else it says why it is not. */
export function CancelOrder({ order }: { readonly order: Order }) {
  const t = useText()
  const notice = useNotice()
  const client = useQueryClient()
  const [opened, { open, close }] = useDisclosure(false)
  const [reason, setReason] = useState('')
  const { mutate, isPending, error, reset } = useMutation({
    mutationFn: () => cancelOrder(order.id, reason.trim()),
    onSuccess: (answer) => {
      showOrder(client, answer)
      close()
      notice(t('cancel.accepted'))
    },
    onError: (problem) => {
      if (isProblem(problem, 'order_not_cancellable')) void client.invalidateQueries({ queryKey: ['orders'] })
    },
  })
  const errors = useFieldErrors(error, ['/reason'])
  const isPossible = order.actions.includes('cancel')

  function submit(event: SubmitEvent<HTMLFormElement>): void {
    event.preventDefault()
    mutate()
  }

  return (
    <Stack gap={4} align="flex-start" maw={320}>
      <Button
        variant="default"
        disabled={!isPossible}
        aria-describedby={isPossible ? undefined : 'why-not-cancel'}
        onClick={() => {
          reset()
          open()
        }}
      >
        {t('cancel.button')}
      </Button>
      {!isPossible && (
        <Text id="why-not-cancel" size="sm" c="dimmed">
          {t(whyNot(order))}
        </Text>
      )}
      <Dialog opened={opened} onClose={close} title={t('cancel.title')}>
        <form onSubmit={submit}>
          <Stack gap="md">
            <Text size="sm">{t('cancel.text')}</Text>
            {opened && <WouldUndo order={order} />}
            <FormProblem error={error} others={errors.others} />
            <Textarea
              label={t('cancel.reason')}
              value={reason}
              onChange={(event) => setReason(event.currentTarget.value)}
              error={errors.at('/reason')}
              maxLength={500}
              autosize
              minRows={2}
              data-autofocus
            />
            <DialogEnd
              onCancel={close}
              cancel={t('cancel.keep')}
              text={t('cancel.button')}
              color="red.8"
              isPending={isPending}
              isReady={isPossible}
            />
          </Stack>
        </form>
      </Dialog>
    </Stack>
  )
}

function whyNot({ status }: Order): TextKey {
  switch (status) {
    case 'dispatched':
    case 'delivered':
    case 'cancelling':
    case 'cancelled':
    case 'failing':
    case 'rejected':
      return `cancel.not.${status}`
    case 'placed':
    case 'processing':
    case 'confirmed':
      return 'cancel.not.refused'
  }
}
