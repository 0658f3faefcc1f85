import { PasswordInput, type PasswordInputProps } from '@mantine/core'
import { useText } from '../i18n/use-text.ts'

type Props = Pick<PasswordInputProps, 'label' | 'description' | 'error'> & {
  readonly name: string
  readonly autoComplete: 'current-password' | 'new-password'
}

export function PasswordField(props: Props) {
  const t = useText()
  return (
    <PasswordInput
      {...props}
      aria-invalid={props.error !== undefined || undefined}
      visibilityToggleButtonProps={{ 'aria-label': t('auth.showPassword') }}
      required
    />
  )
}
