import { type ReactNode, useState } from 'react'
import { useText } from '../i18n/use-text.ts'
import classes from './raw-data.module.css'

type Props = {
  readonly data: unknown
  /** What it is of, where several stand on one page. */
  readonly of?: string
  /** Shown with it. */
  readonly children?: ReactNode
}

/** Everything that is known, for whoever opens it; it is written only then. */
export function RawData({ data, of, children }: Props) {
  const t = useText()
  const [isOpen, setOpen] = useState(false)
  return (
    <details className={classes['raw']} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('timeline.raw')}</summary>
      {isOpen && (
        <>
          {children}
          {/* a wide document is scrolled by keyboard too */}
          <pre
            tabIndex={0}
            aria-label={of === undefined ? t('timeline.raw') : `${t('timeline.raw')}: ${of}`}
            role="region"
          >
            {JSON.stringify(data, undefined, 2)}
          </pre>
        </>
      )}
    </details>
  )
}
