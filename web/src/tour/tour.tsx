import { useEffect, useRef, useState } from 'react'
import { useText } from '../i18n/use-text.ts'
import { TourPanel } from './tour-panel.tsx'
import classes from './tour.module.css'
import { useTour } from './use-tour.ts'

/** A word in the demo's line; opened, a panel beside the page, which stays usable. */
export function Tour() {
  const t = useText()
  const tour = useTour()
  const { isOpen } = tour.progress
  const button = useRef<HTMLButtonElement>(null)
  const [wasClicked, setClicked] = useState(false)
  // whoever closes it goes on where they were; on the page's first look nothing takes the focus
  useEffect(() => {
    if (wasClicked && !isOpen) button.current?.focus()
  }, [wasClicked, isOpen])
  return (
    <>
      <button
        ref={button}
        type="button"
        className={classes['open']}
        aria-expanded={isOpen}
        onClick={() => {
          setClicked(true)
          if (isOpen) tour.close()
          else tour.open()
        }}
      >
        {t('tour.open')}
      </button>
      {isOpen && (
        <TourPanel
          tour={tour}
          takesFocus={wasClicked}
          onClose={() => {
            setClicked(true)
            tour.close()
          }}
        />
      )}
    </>
  )
}
