import { Stack, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useText } from '../i18n/use-text.ts'
import { Dialog } from '../ui/dialog.tsx'
import { DialogEnd } from '../ui/dialog-end.tsx'
import { FormProblem } from '../ui/form-problem.tsx'
import { SecretOnce } from '../ui/secret-once.tsx'
import { rotateSecret, webhooksKey } from './queries.ts'

type Props = { readonly id: string; readonly onClose: () => void }

/** A new secret; whoever receives has a day to take it over. */
export function RotateSecret({ id, onClose }: Props) {
  const t = useText()
  const client = useQueryClient()
  const { mutate, data, error, isPending } = useMutation({
    mutationFn: () => rotateSecret(id),
    onSuccess: () => void client.invalidateQueries({ queryKey: webhooksKey }),
    // the secret stays nowhere once the dialog is closed
    gcTime: 0,
  })
  return (
    <Dialog onClose={onClose} title={t('webhooks.rotate')} isFirm={data !== undefined} size="lg">
      {data && (
        <SecretOnce
          text={t('webhooks.rotatedText')}
          shown={[{ label: t('webhooks.secret'), text: data.secret }]}
          onKept={onClose}
        />
      )}
      {!data && (
        <Stack gap="md">
          <Text size="sm">{t('webhooks.rotateText')}</Text>
          <FormProblem error={error} others={[]} />
          <DialogEnd onCancel={onClose} text={t('webhooks.rotate')} isPending={isPending} onConfirm={() => mutate()} />
        </Stack>
      )}
    </Dialog>
  )
}
