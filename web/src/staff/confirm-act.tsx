import { Button, Group, Stack } from '@mantine/core'
import { useText } from '../i18n/use-text.ts'
import classes from '../board/board.module.css'
import { Dialog } from '../ui/dialog.tsx'

export type Confirmation = {
  readonly title: string
  /** What will happen, to what sum, who has to agree, and what can't be taken back; a sentence each. */
  readonly happens: readonly string[]
  /** What is clicked to let it happen. */
  readonly button: string
  readonly isFinal?: boolean
  readonly act: () => void
}

type Props = { readonly asked: Confirmation | undefined; readonly onClose: () => void }

/** What an act of staff will do, said before it does it. */
export function ConfirmAct({ asked, onClose }: Props) {
  const t = useText()
  if (asked === undefined) return null
  const { title, happens, button, isFinal = false, act } = asked
  return (
    <Dialog onClose={onClose} title={title}>
      <Stack gap="md">
        <ul className={classes['happens']} aria-label={t('confirm.happens')}>
          {happens.map((one) => (
            <li key={one}>{one}</li>
          ))}
        </ul>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('form.cancel')}
          </Button>
          <Button
            data-autofocus
            {...(isFinal && { color: 'red.8' })}
            onClick={() => {
              onClose()
              act()
            }}
          >
            {button}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  )
}
