import { Button, Group, Stack } from '@mantine/core'
import { IconKey, IconPencil, IconPlayerPause, IconPlayerPlay, IconSend, IconTrash } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useText } from '../i18n/use-text.ts'
import { FormProblem } from '../ui/form-problem.tsx'
import { useNotice } from '../ui/use-notice.ts'
import { DeleteEndpoint } from './delete-endpoint.tsx'
import { EndpointForm } from './endpoint-form.tsx'
import { type Base, changeEndpoint, type Endpoint, webhooksKey } from './queries.ts'
import { RotateSecret } from './rotate-secret.tsx'
import { TryEndpoint } from './try-endpoint.tsx'

type Props = { readonly endpoint: Endpoint; readonly base: Base; readonly isOwn: boolean }

/** What its owner may do; an admin may delete anybody’s. */
export function EndpointActs({ endpoint, base, isOwn }: Props) {
  const t = useText()
  const notice = useNotice()
  const client = useQueryClient()
  const [open, setOpen] = useState<'none' | 'change' | 'rotate' | 'delete' | 'try'>('none')
  const { mutate, error, isPending } = useMutation({
    mutationFn: (enabled: boolean) => changeEndpoint(endpoint.id, { enabled }),
    onSuccess: async ({ enabled }) => {
      await client.invalidateQueries({ queryKey: webhooksKey })
      notice(t(enabled ? 'webhooks.isEnabled' : 'webhooks.isDisabled'))
    },
  })
  const { enabled, breaker } = endpoint
  const close = (): void => setOpen('none')
  const mayClose = enabled && breaker.state === 'open'
  return (
    <Stack gap="sm">
      <FormProblem error={error} others={[]} />
      <Group gap="xs">
        {isOwn && (
          <>
            <Act icon={<IconSend size={16} aria-hidden />} text={t('webhooks.try')} onClick={() => setOpen('try')} />
            <Act
              icon={<IconPencil size={16} aria-hidden />}
              text={t('webhooks.change')}
              onClick={() => setOpen('change')}
            />
            {mayClose && (
              <Act
                icon={<IconPlayerPlay size={16} aria-hidden />}
                text={t('webhooks.closeBreaker')}
                isPending={isPending}
                onClick={() => mutate(true)}
              />
            )}
            <Act
              icon={enabled ? <IconPlayerPause size={16} aria-hidden /> : <IconPlayerPlay size={16} aria-hidden />}
              text={t(enabled ? 'webhooks.disable' : 'webhooks.enable')}
              isPending={isPending}
              onClick={() => mutate(!enabled)}
            />
            <Act
              icon={<IconKey size={16} aria-hidden />}
              text={t('webhooks.rotate')}
              onClick={() => setOpen('rotate')}
            />
          </>
        )}
        <Act icon={<IconTrash size={16} aria-hidden />} text={t('webhooks.delete')} onClick={() => setOpen('delete')} />
      </Group>
      {open === 'change' && <EndpointForm endpoint={endpoint} onClose={close} />}
      {open === 'rotate' && <RotateSecret id={endpoint.id} onClose={close} />}
      {open === 'delete' && <DeleteEndpoint endpoint={endpoint} base={base} onClose={close} />}
      {open === 'try' && <TryEndpoint id={endpoint.id} onClose={close} />}
    </Stack>
  )
}

type ActProps = {
  readonly icon: ReactNode
  readonly text: string
  readonly isPending?: boolean
  readonly onClick: () => void
}

const Act = ({ icon, text, isPending = false, onClick }: ActProps) => (
  <Button size="sm" variant="default" leftSection={icon} loading={isPending} onClick={onClick}>
    {text}
  </Button>
)
