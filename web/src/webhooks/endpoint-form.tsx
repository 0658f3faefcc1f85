import { Stack, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type SubmitEvent, useState } from 'react'
import { useText } from '../i18n/use-text.ts'
import { Dialog } from '../ui/dialog.tsx'
import { DialogEnd } from '../ui/dialog-end.tsx'
import { useFieldErrors } from '../ui/field-errors.ts'
import { fieldText } from '../ui/form-fields.ts'
import { FormProblem } from '../ui/form-problem.tsx'
import { SecretOnce } from '../ui/secret-once.tsx'
import { EventChoice } from './event-choice.tsx'
import { changeEndpoint, createEndpoint, type Endpoint, webhooksKey, type Wish } from './queries.ts'

type Props = { readonly endpoint?: Endpoint; readonly onClose: () => void }

/** A new endpoint, whose secret is shown at its end; or a change of one. */
export function EndpointForm({ endpoint, onClose }: Props) {
  const t = useText()
  const client = useQueryClient()
  const [events, setEvents] = useState<readonly string[]>(endpoint?.events ?? ['order.*'])
  const [secret, setSecret] = useState<string>()
  const { mutate, error, isPending } = useMutation({
    mutationFn: async (wish: Wish) => {
      if (endpoint) return void (await changeEndpoint(endpoint.id, wish))
      setSecret((await createEndpoint(wish)).secret)
    },
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: webhooksKey })
      if (endpoint) onClose()
    },
  })
  const errors = useFieldErrors(error, ['/url', '/description', '/events'])

  function submit(event: SubmitEvent<HTMLFormElement>): void {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    mutate({ url: fieldText(form, 'url').trim(), description: fieldText(form, 'description').trim(), events })
  }

  const isShown = secret !== undefined
  return (
    <Dialog
      onClose={onClose}
      title={t(isShown ? 'webhooks.opened' : endpoint ? 'webhooks.change' : 'webhooks.new')}
      isFirm={isShown}
      size="lg"
    >
      {isShown && (
        <SecretOnce
          text={t('webhooks.openedText')}
          shown={[{ label: t('webhooks.secret'), text: secret }]}
          onKept={onClose}
        />
      )}
      {!isShown && (
        <form onSubmit={submit} noValidate>
          <Stack gap="md">
            <FormProblem error={error} others={errors.others} />
            <TextInput
              name="url"
              type="url"
              label={t('webhooks.url')}
              description={t('webhooks.urlHint')}
              placeholder="https://shop.example/hooks"
              defaultValue={endpoint?.url}
              error={errors.at('/url')}
              data-autofocus
              required
            />
            <TextInput
              name="description"
              label={t('webhooks.description')}
              defaultValue={endpoint?.description}
              error={errors.at('/description')}
            />
            <EventChoice chosen={events} onChange={setEvents} error={errors.at('/events')} />
            <DialogEnd onCancel={onClose} text={t(endpoint ? 'form.save' : 'webhooks.create')} isPending={isPending} />
          </Stack>
        </form>
      )}
    </Dialog>
  )
}
