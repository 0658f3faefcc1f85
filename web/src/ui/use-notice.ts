import { notifications } from '@mantine/notifications'
import { useText } from '../i18n/use-text.ts'

/** A short word that something is done, at the page's edge. */
export function useNotice(): (message: string) => void {
  const t = useText()
  return (message) =>
    void notifications.show({ message, color: 'accent', closeButtonProps: { 'aria-label': t('close') } })
}
