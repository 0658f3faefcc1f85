import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useText } from '../i18n/use-text.ts'
import { FormProblem } from '../ui/form-problem.tsx'
import { rotateSecret, webhooksKey } from './queries.ts'
import { SecretOnce } from './secret-once.tsx'

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
    <Modal
      opened
      onClose={onClose}
      title={t('webhooks.rotate')}
      closeButtonProps={{ 'aria-label': t('close') }}
      closeOnClickOutside={data === undefined}
      closeOnEscape={data === undefined}
      centered
      size="lg"
    >
      {data && <SecretOnce text={t('webhooks.rotatedText')} secret={data.secret} onKept={onClose} />}
      {!data && (
        <Stack gap="md">
          <Text size="sm">{t('webhooks.rotateText')}</Text>
          <FormProblem error={error} others={[]} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('form.cancel')}
            </Button>
            <Button loading={isPending} onClick={() => mutate()}>
              {t('webhooks.rotate')}
            </Button>
          </Group>
        </Stack>
      )}
    </Modal>
  )
}
