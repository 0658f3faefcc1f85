import { Button, Grid, Group, Stack } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { type ComponentType, useState } from 'react'
import { isAdmin } from '../auth/staff.ts'
import { useUser } from '../auth/use-session.ts'
import type { WholeLetter } from '../http/contract.ts'
import { useText } from '../i18n/use-text.ts'
import { TextLink } from '../ui/links.tsx'
import { isMissing, NotThere } from '../ui/not-there.tsx'
import { Page } from '../ui/page.tsx'
import { Failed } from '../ui/states.tsx'
import { Time } from '../ui/time.tsx'
import { LetterActs } from './letter-acts.tsx'
import { LetterContent } from './letter-content.tsx'
import { FromWhere, WhyFailed } from './letter-facts.tsx'
import { DiscardForm, EditForm, RedriveForm } from './letter-forms.tsx'
import { LetterState } from './letter-state.tsx'
import { letterQuery } from './queries.ts'

export function LetterPage() {
  const t = useText()
  const { id } = useParams({ from: '/staff/dead-letters/$id' })
  const query = useQuery(letterQuery(id))
  const { data: letter, error, isError, refetch } = query
  const title = t('letter.title', { id })
  const back = (
    <TextLink to="/staff/dead-letters" size="sm" c="dimmed" w="fit-content">
      <IconArrowLeft size={14} aria-hidden style={{ verticalAlign: -2 }} /> {t('operations.letters')}
    </TextLink>
  )
  if (!letter || isMissing(error)) return <NotThere query={query} title={title} above={back} />
  return (
    <Page
      title={title}
      above={back}
      intro={
        <Group gap="sm" mt={4}>
          <span role="status">
            <LetterState state={letter.state} />
          </span>
          <span>
            {t('letter.failedAt')} <Time at={letter.failedAt} />
          </span>
        </Group>
      }
      aside={<Deeds letter={letter} />}
    >
      {isError && <Failed error={error} retry={refetch} />}
      <Grid gap="xl">
        <Grid.Col span={{ base: 12, md: 7 }}>
          <Stack gap="xl">
            <WhyFailed letter={letter} />
            <LetterContent letter={letter} />
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 5 }}>
          <Stack gap="xl">
            <FromWhere letter={letter} />
            <LetterActs letter={letter} />
          </Stack>
        </Grid.Col>
      </Grid>
    </Page>
  )
}

type Form = ComponentType<{ readonly letter: WholeLetter; readonly onClose: () => void }>

/** Whoever only reads sees no button, and neither does anybody once it is dealt with. */
function Deeds({ letter }: { readonly letter: WholeLetter }) {
  const t = useText()
  const admin = isAdmin(useUser())
  const [form, setForm] = useState<{ readonly Open: Form }>()
  const show = (Open: Form) => setForm({ Open })
  return (
    <>
      {admin && letter.state === 'open' && (
        <Group gap="sm">
          <Button onClick={() => show(RedriveForm)}>{t('letter.redrive')}</Button>
          <Button variant="default" onClick={() => show(EditForm)}>
            {t('letter.edit')}
          </Button>
          <Button variant="default" onClick={() => show(DiscardForm)}>
            {t('letter.discard')}
          </Button>
        </Group>
      )}
      {form && <form.Open letter={letter} onClose={() => setForm(undefined)} />}
    </>
  )
}
