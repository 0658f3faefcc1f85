import { Button, Paper } from '@mantine/core'
import { IconPlus, IconRobot } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { AccountsTabs } from '../accounts/accounts-tabs.tsx'
import classes from '../accounts/accounts.module.css'
import { itemsOf } from '../http/pages.ts'
import { useText } from '../i18n/use-text.ts'
import { More } from '../ui/more.tsx'
import { Page } from '../ui/page.tsx'
import { Empty, Failed, Loading } from '../ui/states.tsx'
import { NewProgram } from './new-program.tsx'
import { ProgramRow } from './program-row.tsx'
import { type Program, programsQuery } from './queries.ts'
import { RevokeProgram } from './revoke-program.tsx'

type Open = { readonly kind: 'none' | 'new' } | { readonly kind: 'revoke'; readonly program: Program }

export function ProgramsPage() {
  const t = useText()
  const [open, setOpen] = useState<Open>({ kind: 'none' })
  const list = useInfiniteQuery(programsQuery)
  const { data, error, isError, isPending, refetch } = list
  const programs = itemsOf(data)
  const close = (): void => setOpen({ kind: 'none' })
  return (
    <Page
      title={t('programs.title')}
      intro={t('programs.intro')}
      above={<AccountsTabs />}
      aside={
        <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={() => setOpen({ kind: 'new' })}>
          {t('programs.new')}
        </Button>
      }
    >
      {isPending && <Loading rows={4} height={72} />}
      {isError && !data && <Failed error={error} retry={refetch} />}
      {data && programs.length === 0 && (
        <Empty icon={<IconRobot size={28} />} title={t('programs.none')} text={t('programs.noneHint')} />
      )}
      {programs.length > 0 && (
        <Paper withBorder>
          <ul className={classes['rows']} aria-label={t('programs.title')}>
            {programs.map((program) => (
              <ProgramRow key={program.id} program={program} onRevoke={() => setOpen({ kind: 'revoke', program })} />
            ))}
          </ul>
        </Paper>
      )}
      <More of={list} />
      {open.kind === 'new' && <NewProgram onClose={close} />}
      {open.kind === 'revoke' && <RevokeProgram program={open.program} onClose={close} />}
    </Page>
  )
}
