import { Button, Group } from '@mantine/core'
import { useText } from '../i18n/use-text.ts'

type Props = {
  readonly onCancel: () => void
  /** What leaving it is called, where "cancel" would be unclear. */
  readonly cancel?: string
  /** What is done. */
  readonly text: string
  readonly color?: 'red.8' | 'red.9' | undefined
  readonly isPending: boolean
  readonly isReady?: boolean
  /** Without it the button sends the form that it stands in. */
  readonly onConfirm?: () => void
}

/** The end of a dialog: leave it, or do it. */
export function DialogEnd({ onCancel, cancel, text, color, isPending, isReady = true, onConfirm }: Props) {
  const t = useText()
  return (
    <Group justify="flex-end">
      <Button variant="default" onClick={onCancel}>
        {cancel ?? t('form.cancel')}
      </Button>
      <Button
        type={onConfirm ? 'button' : 'submit'}
        loading={isPending}
        disabled={!isReady}
        {...(color && { color })}
        {...(onConfirm && { onClick: onConfirm })}
      >
        {text}
      </Button>
    </Group>
  )
}
