import { NumberInput, Stack, Text, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type SubmitEvent, useState } from 'react'
import { call } from '../http/client.ts'
import type { Level, Product } from '../http/contract.ts'
import { useText } from '../i18n/use-text.ts'
import { productsKey } from '../shop/products.ts'
import { Dialog } from '../ui/dialog.tsx'
import { DialogEnd } from '../ui/dialog-end.tsx'
import { useFieldErrors } from '../ui/field-errors.ts'
import { FormProblem } from '../ui/form-problem.tsx'

type Props = { readonly product: Product; readonly onClose: () => void }

export function AdjustStock({ product, onClose }: Props) {
  const t = useText()
  const client = useQueryClient()
  const [delta, setDelta] = useState<number | string>('')
  const [reason, setReason] = useState('')
  const { mutate, error, isPending } = useMutation({
    mutationFn: () =>
      call<Level>(`/v1/products/${product.sku}/stock-adjustments`, { method: 'POST', body: { delta, reason } }),
    onSuccess: async ({ onHand, reserved, available }) => {
      notifications.show({
        title: product.name,
        message: t('products.level', { onHand, reserved, available }),
        color: 'accent',
        closeButtonProps: { 'aria-label': t('close') },
      })
      await client.invalidateQueries({ queryKey: productsKey })
      onClose()
    },
  })
  const errors = useFieldErrors(error, ['/delta', '/reason'])

  function submit(event: SubmitEvent<HTMLFormElement>): void {
    event.preventDefault()
    mutate()
  }

  return (
    <Dialog onClose={onClose} title={t('products.adjustNamed', { name: product.name })}>
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <FormProblem error={error} others={errors.others} />
          <Text size="sm">{t('products.availableNow', { count: product.available })}</Text>
          <NumberInput
            label={t('products.delta')}
            description={t('products.deltaHint')}
            value={delta}
            onChange={setDelta}
            allowDecimal={false}
            error={errors.at('/delta')}
            data-autofocus
            required
          />
          <TextInput
            label={t('products.reason')}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            error={errors.at('/reason')}
            required
          />
          <DialogEnd onCancel={onClose} text={t('products.adjust')} isPending={isPending} />
        </Stack>
      </form>
    </Dialog>
  )
}
