import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useText } from '../i18n/use-text.ts'
import { FormProblem } from '../ui/form-problem.tsx'
import { useNotice } from '../ui/use-notice.ts'
import { type Base, deleteEndpoint, type Endpoint, endpointQuery, webhooksKey } from './queries.ts'

type Props = { readonly endpoint: Endpoint; readonly base: Base; readonly onClose: () => void }

/** Asked twice, as its log goes with it. */
export function DeleteEndpoint({ endpoint: { id, url }, base, onClose }: Props) {
  const t = useText()
  const notice = useNotice()
  const client = useQueryClient()
  const navigate = useNavigate()
  const { mutate, error, isPending } = useMutation({
    mutationFn: () => deleteEndpoint(id),
    onSuccess: async () => {
      notice(t('webhooks.isDeleted'))
      await navigate({ to: base })
      client.removeQueries({ queryKey: endpointQuery(id).queryKey })
      await client.invalidateQueries({ queryKey: webhooksKey })
    },
  })
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('webhooks.delete')}
      closeButtonProps={{ 'aria-label': t('close') }}
      centered
    >
      <Stack gap="md">
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          {t('webhooks.deleteText', { url })}
        </Text>
        <FormProblem error={error} others={[]} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('form.cancel')}
          </Button>
          <Button color="red.8" loading={isPending} onClick={() => mutate()}>
            {t('webhooks.delete')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
