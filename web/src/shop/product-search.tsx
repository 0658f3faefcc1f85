import { TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useText } from '../i18n/use-text.ts'

type Props = { readonly words: string; readonly onChange: (words: string) => void }

/** Where the words are typed by which `findProducts` looks. */
export function ProductSearch({ words, onChange }: Props) {
  const t = useText()
  return (
    <TextInput
      type="search"
      aria-label={t('shop.search')}
      placeholder={t('shop.search')}
      leftSection={<IconSearch size={18} aria-hidden />}
      value={words}
      onChange={(event) => onChange(event.currentTarget.value)}
      w={{ base: '100%', xs: 320 }}
    />
  )
}
