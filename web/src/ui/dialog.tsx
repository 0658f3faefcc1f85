import { Modal } from '@mantine/core'
import type { ReactNode } from 'react'
import { useText } from '../i18n/use-text.ts'

type Props = {
  readonly title: string
  readonly onClose: () => void
  /** For one that is kept while it is closed. */
  readonly opened?: boolean
  readonly size?: 'md' | 'lg' | 'xl'
  /** Left by its buttons only, not by a key or a click beside it: what it shows is shown once. */
  readonly isFirm?: boolean
  readonly children: ReactNode
}

/** Every dialog's frame. */
export function Dialog({ title, onClose, opened = true, size = 'md', isFirm = false, children }: Props) {
  const t = useText()
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={title}
      closeButtonProps={{ 'aria-label': t('close') }}
      closeOnClickOutside={!isFirm}
      closeOnEscape={!isFirm}
      centered
      size={size}
    >
      {children}
    </Modal>
  )
}
