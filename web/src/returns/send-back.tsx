import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconPackageExport } from '@tabler/icons-react'
import type { Order, Return } from '../http/contract.ts'
import { useText } from '../i18n/use-text.ts'
import { Dialog } from '../ui/dialog.tsx'
import { SendBackForm } from './send-back-form.tsx'

type Props = { readonly order: Order; readonly returns: readonly Return[] }

/** The form is made anew whenever it is opened, and with it its idempotency key. */
export function SendBack({ order, returns }: Props) {
  const t = useText()
  const [opened, { open, close }] = useDisclosure(false)
  return (
    <>
      <Button variant="default" px="sm" leftSection={<IconPackageExport size={18} aria-hidden />} onClick={open}>
        {t('returns.send')}
      </Button>
      <Dialog opened={opened} onClose={close} title={t('returns.send')}>
        <SendBackForm order={order} returns={returns} onClose={close} />
      </Dialog>
    </>
  )
}
