import { Button, Group, Text } from '@mantine/core'
import { IconMailCheck, IconSend } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import type { LetterSearch } from '../app/staff-search.ts'
import { isAdmin } from '../auth/staff.ts'
import { useUser } from '../auth/use-session.ts'
import type { Letter, Page as PageOf } from '../http/contract.ts'
import { useText } from '../i18n/use-text.ts'
import { OperationsTabs } from '../operations/operations-tabs.tsx'
import { ButtonLink } from '../ui/links.tsx'
import { Page } from '../ui/page.tsx'
import { Pager } from '../ui/pager.tsx'
import { Empty, Failed, Loading } from '../ui/states.tsx'
import { Causes } from './causes.tsx'
import { LetterFilters } from './letter-filters.tsx'
import { LetterRows } from './letter-rows.tsx'
import { lettersQuery, type Which } from './queries.ts'
import { RedriveMany } from './redrive-many.tsx'

const here = '/staff/dead-letters'

/** What services could not process. Filter and page are in the address, so they can be sent to somebody. */
export function LettersPage() {
  const t = useText()
  const search = useSearch({ from: here })
  const [asked, setAsked] = useState<Which>()
  const { data, error, isPending, isError, refetch } = useQuery({
    ...lettersQuery(search),
    placeholderData: keepPreviousData,
  })
  return (
    <Page title={t('operations.letters')} intro={t('letters.intro')} above={<OperationsTabs />}>
      <Causes onRedrive={setAsked} />
      <LetterFilters search={search} error={error} />
      {isPending && <Loading rows={5} height={64} />}
      {isError && <Failed error={error} retry={refetch} />}
      {!isError && data && <Found found={data} search={search} onRedrive={setAsked} />}
      {asked && <RedriveMany which={asked} onClose={() => setAsked(undefined)} />}
    </Page>
  )
}

type Props = {
  readonly found: PageOf<Letter>
  readonly search: LetterSearch
  readonly onRedrive: (which: Which) => void
}

function Found({ found: { items, nextCursor }, search, onRedrive }: Props) {
  const t = useText()
  const admin = isAdmin(useUser())
  const [marked, setMarked] = useState<readonly string[]>([])
  if (items.length === 0) return <Nothing isFiltered={Object.keys(search).length > 0} />
  // what was marked may have been redriven, or be on another page, meanwhile
  const open = items.filter(({ state }) => state === 'open').map(({ id }) => id)
  const chosen = marked.filter((id) => open.includes(id))
  const { state, cursor: _, ...filter } = search
  return (
    <>
      {admin && open.length > 0 && (
        <Group gap="sm">
          <Button size="xs" variant="default" onClick={() => setMarked(chosen.length === open.length ? [] : open)}>
            {t(chosen.length === open.length ? 'letters.chooseNone' : 'letters.chooseAll')}
          </Button>
          <Button
            size="xs"
            disabled={chosen.length === 0}
            leftSection={<IconSend size={14} aria-hidden />}
            onClick={() => onRedrive({ ids: chosen })}
          >
            {t('letters.redriveChosen')}
          </Button>
          {state === undefined && Object.keys(filter).length > 0 && (
            <Button size="xs" variant="default" onClick={() => onRedrive({ filter })}>
              {t('letters.redriveFound')}
            </Button>
          )}
          <Text size="sm" c="dimmed" role="status">
            {t('letters.chosen', { count: chosen.length })}
          </Text>
        </Group>
      )}
      <LetterRows letters={items} chosen={chosen} onChoose={admin ? setMarked : undefined} />
      <Pager to={here} search={search} nextCursor={nextCursor} />
    </>
  )
}

function Nothing({ isFiltered }: { readonly isFiltered: boolean }) {
  const t = useText()
  return isFiltered ? (
    <Empty
      icon={<IconMailCheck size={28} />}
      title={t('letters.noneFound')}
      text={t('letters.noneFoundHint')}
      action={
        <ButtonLink to={here} search={{}} variant="default">
          {t('letters.showOpen')}
        </ButtonLink>
      }
    />
  ) : (
    <Empty icon={<IconMailCheck size={28} />} title={t('letters.none')} text={t('letters.noneHint')} />
  )
}
