import { Group, Stack, Text, Textarea } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type SubmitEvent, useState } from 'react'
import type { Order, Return } from '../http/contract.ts'
import { askAgainWhenLost, newKey } from '../http/once.ts'
import { useText } from '../i18n/use-text.ts'
import { DialogEnd } from '../ui/dialog-end.tsx'
import { useFieldErrors } from '../ui/field-errors.ts'
import { FormProblem } from '../ui/form-problem.tsx'
import { Amount } from '../ui/money.tsx'
import { useNotice } from '../ui/use-notice.ts'
import { leftOf, worthOf } from './left.ts'
import { readReturnsAgain, requestReturn, showReturn } from './queries.ts'
import { ReturnQuantity } from './return-quantity.tsx'

type Props = { readonly order: Order; readonly returns: readonly Return[]; readonly onClose: () => void }

export function SendBackForm({ order, returns, onClose }: Props) {
  const t = useText()
  const notice = useNotice()
  const client = useQueryClient()
  const [key] = useState(newKey)
  const [wanted, setWanted] = useState<Readonly<Record<string, number>>>({})
  const [reason, setReason] = useState('')
  const goods = order.lines.flatMap(({ sku }) => {
    const quantity = wanted[sku] ?? 0
    return quantity > 0 ? [{ sku, quantity }] : []
  })
  const { mutate, error, isPending } = useMutation({
    mutationFn: () => requestReturn(order.id, { lines: goods, reason: reason.trim() }, key),
    ...askAgainWhenLost,
    onSuccess: (answer) => {
      showReturn(client, order.id, answer)
      onClose()
      notice(t('returns.sent'))
    },
    onError: () => void readReturnsAgain(client, order.id),
  })
  const pointerOf = (sku: string): string => `/lines/${goods.findIndex((line) => line.sku === sku)}/quantity`
  const errors = useFieldErrors(error, ['/reason', '/lines', ...goods.map(({ sku }) => pointerOf(sku))])

  function submit(event: SubmitEvent<HTMLFormElement>): void {
    event.preventDefault()
    if (!isPending) mutate()
  }

  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <Text size="sm">{t('returns.sendText')}</Text>
        <FormProblem error={error} others={errors.others} />
        <div>
          {order.lines.map((line, n) => (
            <ReturnQuantity
              key={line.sku}
              line={line}
              left={leftOf(order, returns, line.sku)}
              value={wanted[line.sku] ?? 0}
              onChange={(quantity) => setWanted({ ...wanted, [line.sku]: quantity })}
              error={errors.at(pointerOf(line.sku))}
              isFirst={n === 0}
            />
          ))}
          {goods.length === 0 && errors.at('/lines') !== undefined && (
            <Text size="sm" c="var(--mantine-color-error)" mt={6} role="alert">
              {t('returns.nothingChosen')}
            </Text>
          )}
        </div>
        <Textarea
          label={t('returns.reason')}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          error={errors.at('/reason')}
          maxLength={500}
          autosize
          minRows={2}
          required
        />
        <Group justify="space-between">
          <Text size="sm">{t('returns.sum')}</Text>
          <Text fw={600}>
            <Amount of={worthOf(order, goods)} />
          </Text>
        </Group>
        <DialogEnd onCancel={onClose} text={t('returns.send')} isPending={isPending} />
      </Stack>
    </form>
  )
}
