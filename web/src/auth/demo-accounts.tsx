import { Button, Divider, Group, Stack, Text } from '@mantine/core'
import { IconBuildingStore, IconHeadset, IconUser } from '@tabler/icons-react'
import { useText } from '../i18n/use-text.ts'

export const demoAccounts = {
  customer: { email: 'customer@demo.test', password: 'customer-demo-1' },
  support: { email: 'support@demo.test', password: 'support-demo-1' },
  staff: { email: 'admin@demo.test', password: 'admin-demo-1' },
} as const

export type Credentials = { readonly email: string; readonly password: string }

type Props = { readonly onChoose: (account: Credentials) => void; readonly busy: boolean }

export function DemoAccounts({ onChoose, busy }: Props) {
  const t = useText()
  return (
    <Stack gap="sm">
      <Divider label={t('auth.demo')} labelPosition="center" />
      <Group grow gap="sm">
        <Button
          variant="default"
          disabled={busy}
          leftSection={<IconUser size={18} />}
          onClick={() => onChoose(demoAccounts.customer)}
        >
          {t('auth.demoCustomer')}
        </Button>
        <Button
          variant="default"
          disabled={busy}
          leftSection={<IconHeadset size={18} />}
          onClick={() => onChoose(demoAccounts.support)}
        >
          {t('role.support')}
        </Button>
        <Button
          variant="default"
          disabled={busy}
          leftSection={<IconBuildingStore size={18} />}
          onClick={() => onChoose(demoAccounts.staff)}
        >
          {t('auth.demoStaff')}
        </Button>
      </Group>
      <Text size="sm" c="dimmed" ta="center">
        {t('auth.demoHint')}
      </Text>
    </Stack>
  )
}
