import { Stack, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useText } from '../i18n/use-text.ts'
import { Dialog } from '../ui/dialog.tsx'
import { DialogEnd } from '../ui/dialog-end.tsx'
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
    <Dialog onClose={onClose} title={t('webhooks.delete')}>
      <Stack gap="md">
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          {t('webhooks.deleteText', { url })}
        </Text>
        <FormProblem error={error} others={[]} />
        <DialogEnd
          onCancel={onClose}
          text={t('webhooks.delete')}
          color="red.8"
          isPending={isPending}
          onConfirm={() => mutate()}
        />
      </Stack>
    </Dialog>
  )
}
