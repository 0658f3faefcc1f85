import { ActionIcon, Button, Popover, Stack, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconLogout, IconUserCircle, IconUserCog } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { signOut } from '../auth/session.ts'
import { useSession } from '../auth/use-session.ts'
import { useText } from '../i18n/use-text.ts'
import { ButtonLink } from '../ui/links.tsx'

export function AccountMenu() {
  const t = useText()
  const session = useSession()
  const navigate = useNavigate()
  const [opened, { toggle, close }] = useDisclosure(false)
  if (session.kind === 'unknown') return <span style={{ width: 40 }} />
  if (session.kind === 'signedOut') {
    return (
      <ButtonLink to="/sign-in" size="sm" variant="light" ml={4}>
        {t('auth.signIn')}
      </ButtonLink>
    )
  }
  const { name, email, role } = session.user
  const label = t('auth.account', { name })
  return (
    <Popover
      opened={opened}
      onDismiss={close}
      position="bottom-end"
      width={250}
      shadow="md"
      withinPortal={false}
      trapFocus
    >
      <Popover.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          c="var(--mantine-color-text)"
          size={40}
          aria-label={label}
          onClick={toggle}
        >
          <IconUserCircle size={24} stroke={1.6} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown aria-label={label}>
        <Stack gap="sm">
          <div>
            <Text fw={600} truncate>
              {name}
            </Text>
            <Text size="sm" c="dimmed" truncate>
              {email}
            </Text>
            <Text size="sm" c="dimmed">
              {t(`role.${role}`)}
            </Text>
          </div>
          <ButtonLink
            to="/account"
            variant="default"
            leftSection={<IconUserCog size={16} aria-hidden />}
            onClick={close}
          >
            {t('me.title')}
          </ButtonLink>
          <Button
            variant="default"
            leftSection={<IconLogout size={16} aria-hidden />}
            onClick={() => {
              close()
              void signOut()
              void navigate({ to: '/' })
            }}
          >
            {t('auth.signOut')}
          </Button>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}
