import { useText } from '../i18n/use-text.ts'
import type { Change } from './changes.ts'
import classes from './letters.module.css'

/** What was, and what is instead, place by place. */
export function Differences({ changes }: { readonly changes: readonly Change[] }) {
  const t = useText()
  return (
    <ul className={classes['changes']} aria-label={t('letter.difference')}>
      {changes.map((change) => (
        <li key={change.pointer}>
          <code className="id">{change.pointer === '' ? t('letter.wholeBody') : change.pointer}</code>
          <Side label={t('letter.before')} sign="−" value={change.before} />
          <Side label={t('letter.after')} sign="+" value={change.after} />
        </li>
      ))}
    </ul>
  )
}

type SideProps = { readonly label: string; readonly sign: string; readonly value: unknown }

function Side({ label, sign, value }: SideProps) {
  if (value === undefined) return null
  return (
    <div className={classes['side']} data-sign={sign}>
      <span title={label} role="img" aria-label={label}>
        {sign}
      </span>{' '}
      <code>{JSON.stringify(value)}</code>
    </div>
  )
}
