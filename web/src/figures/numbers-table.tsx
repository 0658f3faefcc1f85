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
        <table>
          <thead>
            <tr>
              <th scope="col">{t('figures.time')}</th>
              {head.map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ key, name, cells }) => (
              <tr key={key}>
                <th scope="row" className="tabular">
                  {name}
                </th>
                {cells.map((cell, column) => (
                  <td key={head[column]} className="tabular">
                    {cell}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  )
}
