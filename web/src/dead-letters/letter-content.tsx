import { Button, Group, Paper, Stack, Table, Text, Title } from '@mantine/core'
import { useState } from 'react'
import type { WholeLetter } from '../http/contract.ts'
import { useText } from '../i18n/use-text.ts'
import { parsed } from './changes.ts'
import classes from './letters.module.css'

type Props = { readonly letter: WholeLetter }
type Bytes = NonNullable<WholeLetter['body']>

/** What the service was sent, to the byte. */
export function LetterContent({ letter }: Props) {
  const t = useText()
  return (
    <Paper withBorder p={{ base: 'md', sm: 'lg' }}>
      <Stack gap="lg">
        <Title order={2}>{t('letter.message')}</Title>
        <Body body={letter.body} />
        <Stack gap="xs">
          <Title order={3} size="h5">
            {t('letter.headers')}
          </Title>
          <Table layout="fixed" style={{ overflowWrap: 'anywhere' }} verticalSpacing={6}>
            <Table.Tbody>
              {letter.key !== null && <Header name={t('letter.key')} value={letter.key} />}
              {letter.headers.map(({ name, value }, place) => (
                // a header may be there twice
                <Header key={`${name} ${place}`} name={name} value={value} />
              ))}
            </Table.Tbody>
          </Table>
        </Stack>
      </Stack>
    </Paper>
  )
}

function Header({ name, value }: { readonly name: string; readonly value: Bytes }) {
  const t = useText()
  return (
    <Table.Tr>
      <Table.Th scope="row" w="38%" fw={500} ta="left">
        <code className="id">{name}</code>
      </Table.Th>
      <Table.Td>
        <code className="id">{'text' in value ? value.text : `${t('letter.base64')} ${value.base64}`}</code>
      </Table.Td>
    </Table.Tr>
  )
}

function Body({ body }: { readonly body: WholeLetter['body'] }) {
  const t = useText()
  const [raw, setRaw] = useState(false)
  const json = body !== null && 'text' in body ? parsed(body.text) : undefined
  return (
    <Stack gap="xs">
      <Group justify="space-between">
        <Title order={3} size="h5">
          {t('letter.body')}
        </Title>
        {json && (
          <Button
            size="compact-sm"
            variant={raw ? 'outline' : 'default'}
            onClick={() => setRaw(!raw)}
            aria-pressed={raw}
          >
            {t('letter.raw')}
          </Button>
        )}
      </Group>
      {body === null ? (
        <Text c="dimmed">{t('letter.noBody')}</Text>
      ) : (
        <>
          {!('text' in body) && <Text size="sm">{t('letter.notText')}</Text>}
          <pre className={classes['raw']} tabIndex={0} role="region" aria-label={t('letter.body')}>
            {json && !raw ? JSON.stringify(json.value, undefined, 2) : 'text' in body ? body.text : body.base64}
          </pre>
        </>
      )}
    </Stack>
  )
}
