import { Stack } from '@mantine/core'
import { IconChevronRight } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import classes from './folded-row.module.css'

type Props = {
  /** The page's class for the columns of the line, of which the mark is the first. */
  readonly columns: string | undefined
  readonly summary: ReactNode
  readonly onToggle?: (isOpen: boolean) => void
  readonly children: ReactNode
}

/** A line of a list; the rest is below it, for whoever opens it. */
export function FoldedRow({ columns = '', summary, onToggle, children }: Props) {
  return (
    <li className={classes['row']}>
      <details onToggle={(event) => onToggle?.(event.currentTarget.open)}>
        <summary className={`${classes['summary']} ${columns}`}>
          <IconChevronRight size={16} aria-hidden className={classes['mark']} />
          {summary}
        </summary>
        <Stack gap="sm" className={classes['detail'] ?? ''}>
          {children}
        </Stack>
      </details>
    </li>
  )
}
