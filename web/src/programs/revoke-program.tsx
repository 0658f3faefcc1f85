import { Stack, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useText } from '../i18n/use-text.ts'
import { Dialog } from '../ui/dialog.tsx'
import { DialogEnd } from '../ui/dialog-end.tsx'
import { FormProblem } from '../ui/form-problem.tsx'
import { useNotice } from '../ui/use-notice.ts'
import { type Program, programsKey, revokeProgram } from './queries.ts'

type Props = { readonly program: Program; readonly onClose: () => void }

/** Asked twice, as it can't be taken back. */
export function RevokeProgram({ program: { id, name }, onClose }: Props) {
  const t = useText()
  const notice = useNotice()
  const client = useQueryClient()
  const { mutate, error, isPending } = useMutation({
    mutationFn: () => revokeProgram(id),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: programsKey })
      notice(t('programs.isRevoked', { name }))
      onClose()
    },
  })
  return (
    <Dialog onClose={onClose} title={t('programs.revokeNamed', { name })}>
      <Stack gap="md">
        <Text size="sm">{t('programs.revokeText')}</Text>
        <FormProblem error={error} others={[]} />
        <DialogEnd
          onCancel={onClose}
          text={t('programs.revoke')}
          color="red.8"
          isPending={isPending}
          onConfirm={() => mutate()}
        />
      </Stack>
    </Dialog>
  )
}
