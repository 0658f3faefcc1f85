import { Alert, Stack, Text, Textarea } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type ChangeEvent, type SubmitEvent, useState } from 'react'
import { askAgainWhenLost, newKey } from '../http/once.ts'
import { useText } from '../i18n/use-text.ts'
import { productsKey } from '../shop/products.ts'
import { Dialog } from '../ui/dialog.tsx'
import { DialogEnd } from '../ui/dialog-end.tsx'
import { FormProblem } from '../ui/form-problem.tsx'
import { useNotice } from '../ui/use-notice.ts'
import { type CsvFault, csvFaults, tableFaults } from './csv-faults.ts'
import classes from './products.module.css'
import { importProducts } from './stock.ts'

/** As the API takes it at most, with what is around it. */
const mostBytes = 60_000

/** A table of products, from a file or pasted: all rows or none, and what is wrong is told by line. */
export function ImportProducts({ onClose }: { readonly onClose: () => void }) {
  const t = useText()
  const notice = useNotice()
  const client = useQueryClient()
  const [csv, setCsv] = useState('')
  const [name, setName] = useState('')
  const [key, setKey] = useState(newKey)
  const { mutate, error, isPending, reset } = useMutation({
    mutationFn: importProducts,
    ...askAgainWhenLost,
    onSuccess: async ({ products, unchanged }) => {
      const created = products.filter(({ was }) => was === 'created').length
      await client.invalidateQueries({ queryKey: productsKey })
      notice(t('import.done', { created, changed: products.length - created, unchanged }))
      onClose()
    },
  })
  const faults = csvFaults(error)
  const isTooLarge = new TextEncoder().encode(JSON.stringify(csv)).length > mostBytes

  async function read(event: ChangeEvent<HTMLInputElement>): Promise<void> {
    const file = event.currentTarget.files?.[0]
    if (file === undefined) return
    reset()
    setName(file.name)
    change(await file.text())
  }
  function change(table: string): void {
    setCsv(table)
    setKey(newKey())
  }
  function submit(event: SubmitEvent<HTMLFormElement>): void {
    event.preventDefault()
    mutate({ key, csv, name: name === '' ? t('import.pasted') : name.slice(0, 100) })
  }

  return (
    <Dialog onClose={onClose} title={t('import.title')} size="xl">
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <Text size="sm">{t('import.text')}</Text>
          <div>
            <label className={classes['fileLabel']} htmlFor="csv-file">
              {t('import.file')}
            </label>
            <input id="csv-file" type="file" accept=".csv,text/csv" onChange={(event) => void read(event)} />
          </div>
          <Textarea
            label={t('import.table')}
            value={csv}
            onChange={(event) => change(event.currentTarget.value)}
            placeholder="sku,name,price,currency,stock"
            error={isTooLarge && t('import.tooLarge')}
            classNames={{ input: classes['csv'] ?? '' }}
            autosize
            minRows={6}
            maxRows={14}
            required
          />
          {faults.length > 0 ? <Faults faults={faults} /> : <FormProblem error={error} others={tableFaults(error)} />}
          <DialogEnd
            onCancel={onClose}
            text={t('import.import')}
            isPending={isPending}
            isReady={csv.trim() !== '' && !isTooLarge}
          />
        </Stack>
      </form>
    </Dialog>
  )
}

function Faults({ faults }: { readonly faults: readonly CsvFault[] }) {
  const t = useText()
  return (
    <Alert color="red" icon={<IconAlertTriangle />} role="alert" title={t('import.nothing')}>
      <ul className={classes['faults']}>
        {faults.map(({ line, message }) => (
          <li key={`${line} ${message}`}>
            {t('import.line', { line })} <span lang="en">{message}</span>
          </li>
        ))}
      </ul>
    </Alert>
  )
}
