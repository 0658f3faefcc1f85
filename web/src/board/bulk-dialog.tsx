import { Button, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type SubmitEvent, useState } from 'react'
import type { BulkResult } from '../http/contract.ts'
import { useText } from '../i18n/use-text.ts'
import { extensions } from '../staff/extended.ts'
import { Dialog } from '../ui/dialog.tsx'
import { DialogEnd } from '../ui/dialog-end.tsx'
import { useFieldErrors } from '../ui/field-errors.ts'
import { FormProblem } from '../ui/form-problem.tsx'
import { Failed, Loading } from '../ui/states.tsx'
import { Fates } from './fates.tsx'
import { actOnMany, boardKey, type BulkAct, bulkPreviewQuery } from './queries.ts'

type Props = {
  readonly ids: readonly string[]
  readonly action: BulkAct['action']
  readonly onClose: (isDone: boolean) => void
}

/** What would happen comes first, by the guards that decide; then, once it is confirmed with a reason, what did. */
export function BulkDialog({ ids, action, onClose }: Props) {
  const t = useText()
  const client = useQueryClient()
  const [begun] = useState(() => Date.now())
  const [by, setBy] = useState<number>(extensions[1][1])
  const [reason, setReason] = useState('')
  const act: BulkAct = action === 'extend' ? { action, deadlineAt: new Date(begun + by).toISOString() } : { action }
  const preview = useQuery(bulkPreviewQuery(ids, act))
  const { mutate, data, error, isPending } = useMutation({
    mutationFn: () => actOnMany(ids, act, reason.trim()),
    onSettled: () => {
      void client.invalidateQueries({ queryKey: boardKey })
      void client.invalidateQueries({ queryKey: ['orders'] })
    },
  })
  const errors = useFieldErrors(error, ['/reason'])
  const count = preview.data ? counted(preview.data, 'would') : 0

  function submit(event: SubmitEvent<HTMLFormElement>): void {
    event.preventDefault()
    if (count > 0 && !isPending) mutate()
  }

  return (
    <Dialog
      onClose={() => onClose(data !== undefined)}
      title={t(`bulk.${action}Title`, { count: ids.length })}
      size="lg"
    >
      {data ? (
        <Stack gap="md">
          <Text size="sm" role="status">
            {t('bulk.result', { done: counted(data, 'done'), others: data.items.length - counted(data, 'done') })}
          </Text>
          <Fates items={data.items} />
          <Group justify="flex-end">
            <Button onClick={() => onClose(true)}>{t('close')}</Button>
          </Group>
        </Stack>
      ) : (
        <form onSubmit={submit} noValidate>
          <Stack gap="md">
            <Text size="sm">{t(`bulk.${action}Text`)}</Text>
            {action === 'extend' && (
              <NativeSelect
                label={t('bulk.until')}
                value={`${by}`}
                onChange={({ currentTarget: { value } }) => setBy(Number(value))}
                data={extensions.map(([label, ms]) => ({ value: `${ms}`, label: t(label) }))}
              />
            )}
            {preview.isPending && <Loading rows={2} height={28} />}
            {preview.isError && <Failed error={preview.error} retry={preview.refetch} />}
            {preview.data && (
              <>
                <Text size="sm" fw={600} role="status">
                  {t('bulk.would', { count, others: preview.data.items.length - count })}
                </Text>
                <Fates items={preview.data.items} />
              </>
            )}
            <FormProblem error={error} others={errors.others} />
            <TextInput
              label={t('bulk.reason')}
              description={t('bulk.reasonHint')}
              value={reason}
              onChange={(event) => setReason(event.currentTarget.value)}
              error={errors.at('/reason')}
              maxLength={500}
              required
            />
            <DialogEnd
              onCancel={() => onClose(false)}
              {...(action === 'cancel' && { cancel: t('bulk.leave'), color: 'red.8' })}
              text={t(`bulk.${action}Confirm`, { count })}
              isPending={isPending}
              isReady={count > 0}
            />
          </Stack>
        </form>
      )}
    </Dialog>
  )
}

const counted = ({ items }: BulkResult, wanted: BulkResult['items'][number]['outcome']): number =>
  items.filter(({ outcome }) => outcome === wanted).length
