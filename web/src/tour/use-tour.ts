import { useState } from 'react'
import { type Progress, readProgress, unbegun, withStep } from './progress.ts'
import type { StepName } from './steps.ts'

const key = 'holdfast.tour'

/** A browser that keeps nothing for us shows the tour from its beginning. */
function kept(): Progress {
  try {
    return readProgress(localStorage.getItem(key))
  } catch {
    return unbegun
  }
}

export function useTour() {
  const [progress, setProgress] = useState(kept)
  function keep(next: Progress): void {
    setProgress(next)
    try {
      localStorage.setItem(key, JSON.stringify(next))
    } catch {
      // it holds until the page is left, then
    }
  }
  return {
    progress,
    open: () => keep({ ...progress, isOpen: true }),
    close: () => keep({ ...progress, isOpen: false }),
    tick: (name: StepName, isDone: boolean) => keep(withStep(progress, name, isDone)),
    begin: () => keep({ isOpen: true, done: [] }),
  }
}
