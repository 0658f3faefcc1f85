import { ActionIcon, CopyButton, Group } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useText } from '../i18n/use-text.ts'

/** An id that people carry elsewhere. */
export function Copyable({ text, shown = text }: { readonly text: string; readonly shown?: string }) {
  const t = useText()
  return (
    <Group gap={4} wrap="nowrap" component="span" display="inline-flex" maw="100%">
      <code className="id">{shown}</code>
      <CopyButton value={text}>
        {({ copied, copy }) => (
          <ActionIcon size="sm" variant="subtle" color="gray" onClick={copy} aria-label={t(copied ? 'copied' : 'copy')}>
            {copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
          </ActionIcon>
        )}
      </CopyButton>
    </Group>
  )
}
