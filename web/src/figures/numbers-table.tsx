import { Table } from '@mantine/core'
import type { ReactNode } from 'react'
import { useText } from '../i18n/use-text.ts'
import classes from './figures.module.css'

type Props = {
  readonly caption: string
  /** Of the columns after the first. */
  readonly head: readonly string[]
  readonly rows: readonly { readonly key: number; readonly name: ReactNode; readonly cells: readonly string[] }[]
}

/** The numbers of a drawing, for whom a drawing is none, and whoever wants them exactly. Latest first. */
export function NumbersTable({ caption, head, rows }: Props) {
  const t = useText()
  if (rows.length === 0) return null
  return (
    <details className={classes['numbers']}>
      <summary aria-label={t('figures.asTableNamed', { name: caption })}>{t('figures.asTable')}</summary>
      <div className={classes['scroll']} tabIndex={0} role="group" aria-label={caption}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{t('figures.time')}</Table.Th>
              {head.map((name) => (
                <Table.Th key={name} scope="col" ta="right">
                  {name}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map(({ key, name, cells }) => (
              <Table.Tr key={key}>
                <Table.Th scope="row" fw={400} className="tabular">
                  {name}
                </Table.Th>
                {cells.map((cell, column) => (
                  <Table.Td key={head[column]} ta="right" className="tabular">
                    {cell}
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
    </details>
  )
}
