import { Stack, Text, Textarea, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type SubmitEvent, useState } from 'react'
import { askAgainWhenLost, newKey } from '../http/once.ts'
import { useText } from '../i18n/use-text.ts'
import { Dialog } from '../ui/dialog.tsx'
import { DialogEnd } from '../ui/dialog-end.tsx'
import { useFieldErrors } from '../ui/field-errors.ts'
import { fieldText } from '../ui/form-fields.ts'
import { FormProblem } from '../ui/form-problem.tsx'
import { useNotice } from '../ui/use-notice.ts'
import { campaignsKey, type NewCampaign as Wish, sendCampaign } from './queries.ts'

/** Sent once per opened form, however often it is clicked. */
export function NewCampaign({ onClose }: { readonly onClose: () => void }) {
  const t = useText()
  const notice = useNotice()
  const client = useQueryClient()
  const [key] = useState(newKey)
  const { mutate, error, isPending } = useMutation({
    mutationFn: (wish: Wish) => sendCampaign(wish, key),
    ...askAgainWhenLost,
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: campaignsKey })
      notice(t('campaigns.taken'))
      onClose()
    },
  })
  const errors = useFieldErrors(error, ['/subject', '/text'])

  function submit(event: SubmitEvent<HTMLFormElement>): void {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    mutate({ subject: fieldText(form, 'subject').trim(), text: fieldText(form, 'text').trim() })
  }

  return (
    <Dialog onClose={onClose} title={t('campaigns.new')} size="lg">
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <Text size="sm">{t('campaigns.newText')}</Text>
          <FormProblem error={error} others={errors.others} />
          <TextInput
            name="subject"
            label={t('campaigns.subject')}
            error={errors.at('/subject')}
            data-autofocus
            required
          />
          <Textarea
            name="text"
            label={t('campaigns.text')}
            error={errors.at('/text')}
            autosize
            minRows={5}
            maxRows={14}
            required
          />
          <DialogEnd onCancel={onClose} text={t('campaigns.send')} isPending={isPending} />
        </Stack>
      </form>
    </Dialog>
  )
}
