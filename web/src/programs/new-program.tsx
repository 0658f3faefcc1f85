import { Checkbox, Stack, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { SubmitEvent } from 'react'
import { useText } from '../i18n/use-text.ts'
import { Dialog } from '../ui/dialog.tsx'
import { DialogEnd } from '../ui/dialog-end.tsx'
import { useFieldErrors } from '../ui/field-errors.ts'
import { fieldText } from '../ui/form-fields.ts'
import { FormProblem } from '../ui/form-problem.tsx'
import { SecretOnce } from '../ui/secret-once.tsx'
import { openProgram, programsKey, scopes } from './queries.ts'

const fields = ['/name', '/scopes', '/expiresAt'] as const

export function NewProgram({ onClose }: { readonly onClose: () => void }) {
  const t = useText()
  const client = useQueryClient()
  const { mutate, data, error, isPending } = useMutation({
    mutationFn: openProgram,
    onSuccess: () => void client.invalidateQueries({ queryKey: programsKey }),
    // the secret stays nowhere once the dialog is closed
    gcTime: 0,
  })
  const errors = useFieldErrors(error, fields)

  function submit(event: SubmitEvent<HTMLFormElement>): void {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const until = fieldText(form, 'until')
    mutate({
      name: fieldText(form, 'name').trim(),
      scopes: scopes.filter((scope) => form.getAll('scopes').includes(scope)),
      ...(until !== '' && { expiresAt: new Date(`${until}T23:59:59.999`).toISOString() }),
    })
  }

  return (
    <Dialog
      onClose={onClose}
      title={t(data ? 'programs.opened' : 'programs.new')}
      isFirm={data !== undefined}
      size="lg"
    >
      {data && (
        <SecretOnce
          text={t('programs.openedText')}
          shown={[
            { label: t('programs.id'), text: data.id },
            { label: t('programs.secret'), text: data.secret },
          ]}
          onKept={onClose}
        />
      )}
      {!data && (
        <form onSubmit={submit} noValidate>
          <Stack gap="md">
            <FormProblem error={error} others={errors.others} />
            <TextInput name="name" label={t('programs.name')} error={errors.at('/name')} data-autofocus required />
            <Checkbox.Group label={t('programs.scopes')} error={errors.at('/scopes')} required>
              <Stack gap="xs" my="xs">
                {scopes.map((scope) => (
                  <Checkbox key={scope} name="scopes" value={scope} label={t(`scope.${scope}`)} description={scope} />
                ))}
              </Stack>
            </Checkbox.Group>
            <TextInput
              name="until"
              type="date"
              label={t('programs.until')}
              description={t('programs.untilHint')}
              error={errors.at('/expiresAt')}
            />
            <DialogEnd onCancel={onClose} text={t('programs.create')} isPending={isPending} />
          </Stack>
        </form>
      )}
    </Dialog>
  )
}
