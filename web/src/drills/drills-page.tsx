// with this page alone, which is the only one that has a slider
import '@mantine/core/styles/Slider.css'
import { Alert, Paper, Slider, Stack, Text } from '@mantine/core'
import { IconBolt, IconInfoCircle } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { isLost, isProblem } from '../http/problem.ts'
import { useText } from '../i18n/use-text.ts'
import { OperationsTabs } from '../operations/operations-tabs.tsx'
import { FormProblem } from '../ui/form-problem.tsx'
import { Page } from '../ui/page.tsx'
import { Empty, Failed, Loading } from '../ui/states.tsx'
import { DrillCard } from './drill-card.tsx'
import { DrillRun } from './drill-run.tsx'
import classes from './drills.module.css'
import { beginDrill, type DrillBoard, type DrillName, drillsKey, drillsQuery, usualRate } from './queries.ts'

/** Faults that can be done to the running system, one at a time, and what came of them. */
export function DrillsPage() {
  const t = useText()
  const client = useQueryClient()
  const [rate, setRate] = useState(usualRate)
  const { data, error, isPending, isError, refetch } = useQuery(drillsQuery)
  const begin = useMutation({
    mutationFn: (drill: DrillName) => beginDrill(drill, rate),
    onSettled: () => {
      window.scrollTo({ top: 0 }) // where it is told how it goes on, or why not
      return client.invalidateQueries({ queryKey: drillsKey })
    },
  })
  const shown = data?.current ?? data?.last[0]
  return (
    <Page title={t('drills.title')} intro={t('drills.intro')} above={<OperationsTabs />}>
      <FormProblem error={begin.error} others={[]} />
      {isPending && <Loading rows={6} height={120} />}
      {isError && !data && isProblem(error, 'not_found') && (
        <Empty icon={<IconBolt size={28} />} title={t('drills.none')} text={t('drills.noneHint')} />
      )}
      {isError && !data && !isProblem(error, 'not_found') && <Failed error={error} retry={refetch} />}
      {data && (
        <Stack gap="lg">
          {isError && !isLost(error) && <Failed error={error} retry={refetch} />}
          {isError && isLost(error) && (
            <Alert icon={<IconInfoCircle />} variant="light" role="status">
              {t('drills.away')}
            </Alert>
          )}
          {shown && <DrillRun run={shown} />}
          <Load rates={data.rates} rate={rate} setRate={setRate} />
          <div className={classes['cards']}>
            {data.drills.map(({ name, isPossible }) => (
              <DrillCard
                key={name}
                name={name}
                isPossible={isPossible}
                isBusy={data.current !== null || begin.isPending}
                last={data.last.find(({ drill }) => drill === name)}
                onBegin={() => begin.mutate(name)}
              />
            ))}
          </div>
        </Stack>
      )}
    </Page>
  )
}

type LoadProps = Pick<DrillBoard, 'rates'> & { readonly rate: number; readonly setRate: (rate: number) => void }

function Load({ rates, rate, setRate }: LoadProps) {
  const t = useText()
  const value = t('drills.rate', { count: rate })
  return (
    <Paper withBorder p={{ base: 'md', sm: 'lg' }}>
      <div className={classes['load']}>
        <Text fw={600} id="drills-load">
          {t('drills.load')}
        </Text>
        <Slider
          min={rates.least}
          max={rates.most}
          step={1}
          value={rate}
          onChange={setRate}
          label={null}
          thumbProps={{ 'aria-labelledby': 'drills-load', 'aria-valuetext': value }}
        />
        <Text className="tabular">{value}</Text>
      </div>
    </Paper>
  )
}
