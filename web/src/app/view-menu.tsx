import { ActionIcon, NativeSelect, Popover, Stack, useMantineColorScheme } from '@mantine/core'
import { IconAdjustmentsHorizontal } from '@tabler/icons-react'
import { isLanguage, languages, setLanguage, useLanguage } from '../i18n/language.ts'
import { useText } from '../i18n/use-text.ts'

const schemes = ['light', 'dark', 'auto'] as const

/** Language and brightness; kept in this browser. */
export function ViewMenu() {
  const t = useText()
  const language = useLanguage()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  return (
    <Popover position="bottom-end" width={230} shadow="md" withinPortal={false} trapFocus>
      <Popover.Target>
        <ActionIcon variant="subtle" color="gray" c="var(--mantine-color-text)" size={40} aria-label={t('view.menu')}>
          <IconAdjustmentsHorizontal size={22} stroke={1.7} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('view.menu')}>
        <Stack gap="sm">
          <NativeSelect
            label={t('view.language')}
            value={language}
            data={Object.entries(languages).map(([value, label]) => ({ value, label }))}
            onChange={({ currentTarget }) => isLanguage(currentTarget.value) && setLanguage(currentTarget.value)}
          />
          <NativeSelect
            label={t('view.brightness')}
            value={colorScheme}
            data={schemes.map((value) => ({ value, label: t(`view.${value}`) }))}
            onChange={({ currentTarget }) =>
              setColorScheme(schemes.find((scheme) => scheme === currentTarget.value) ?? 'auto')
            }
          />
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}
