import { useId } from 'react'
import { isAdmin } from '../auth/staff.ts'
import { useUser } from '../auth/use-session.ts'
import { useMeta } from '../app/meta.ts'
import { useText } from '../i18n/use-text.ts'
import { TextLink } from '../ui/links.tsx'
import classes from './tour.module.css'
import type { StepName, TourStep } from './steps.ts'

type Props = {
  readonly step: TourStep & { readonly name: StepName }
  readonly isDone: boolean
  readonly isNext: boolean
  readonly onTick: (isDone: boolean) => void
}

/** One stop: a tick, where it is, and, while it is the next one, what to do there. */
export function TourStop({ step: { name, to, as }, isDone, isNext, onTick }: Props) {
  const t = useText()
  const id = useId()
  const user = useUser()
  const { temporalUiUrl } = useMeta()
  const isSomebodyElse = (as === 'customer' && user?.role !== 'customer') || (as === 'admin' && !isAdmin(user))
  const title = t(`tour.${name}`)
  return (
    <li className={classes['step']} aria-current={isNext ? 'step' : undefined}>
      <input
        type="checkbox"
        checked={isDone}
        aria-label={t('tour.doneNamed', { title })}
        className={classes['tick']}
        onChange={(event) => onTick(event.currentTarget.checked)}
      />
      <div>
        {to === 'temporal' ? (
          <a href={temporalUiUrl} target="_blank" rel="noreferrer" aria-describedby={id}>
            {title}
          </a>
        ) : (
          <TextLink to={to} inherit aria-describedby={id}>
            {title}
          </TextLink>
        )}
        <p id={id} className={classes['text']} hidden={!isNext}>
          {t(`tour.${name}Text`)}
          {isSomebodyElse && <strong> {t(`tour.as.${as}`)}</strong>}
        </p>
        {isNext && (
          <button type="button" className={classes['done']} onClick={() => onTick(true)}>
            {t('tour.done')}
          </button>
        )}
      </div>
    </li>
  )
}
