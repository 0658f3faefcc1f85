import { CloseButton } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { createPortal } from 'react-dom'
import { useText } from '../i18n/use-text.ts'
import { nextStep } from './progress.ts'
import { tourSteps } from './steps.ts'
import { TourStop } from './tour-stop.tsx'
import classes from './tour.module.css'
import type { useTour } from './use-tour.ts'

type Props = {
  readonly tour: ReturnType<typeof useTour>
  /** Opened by hand just now: whoever uses a keyboard goes on in it. */
  readonly takesFocus: boolean
  readonly onClose: () => void
}

export function TourPanel({ tour: { progress, tick, begin }, takesFocus, onClose }: Props) {
  const t = useText()
  const heading = useRef<HTMLHeadingElement>(null)
  const next = nextStep(progress)
  useEffect(() => {
    if (takesFocus) heading.current?.focus()
  }, [takesFocus])
  return createPortal(
    <aside
      className={classes['panel']}
      aria-label={t('tour.title')}
      onKeyDown={(event) => event.key === 'Escape' && onClose()}
    >
      <div className={classes['head']}>
        <h2 ref={heading} tabIndex={-1} className={classes['title']}>
          {t('tour.title')}
        </h2>
        <span className={classes['count']}>
          {t('tour.progress', { done: progress.done.length, all: tourSteps.length })}
        </span>
        <CloseButton aria-label={t('tour.close')} onClick={onClose} />
      </div>
      <ol className={classes['steps']}>
        {tourSteps.map((step) => (
          <TourStop
            key={step.name}
            step={step}
            isDone={progress.done.includes(step.name)}
            isNext={step.name === next}
            onTick={(isDone) => tick(step.name, isDone)}
          />
        ))}
      </ol>
      {next === undefined && (
        <p className={classes['over']} role="status">
          {t('tour.over')}{' '}
          <button type="button" className={classes['again']} onClick={begin}>
            {t('tour.again')}
          </button>
        </p>
      )}
    </aside>,
    document.body,
  )
}
