import { type StepName, tourSteps } from './steps.ts'

export type Progress = { readonly isOpen: boolean; readonly done: readonly StepName[] }

export const unbegun: Progress = { isOpen: false, done: [] }

/** What the browser kept; what makes no sense any more, as after another version of the tour, is dropped. */
export function readProgress(kept: string | null): Progress {
  if (kept === null) return unbegun
  try {
    const given: unknown = JSON.parse(kept)
    if (typeof given !== 'object' || given === null) return unbegun
    const { isOpen, done } = given as { readonly [name in keyof Progress]?: unknown }
    const names: readonly unknown[] = Array.isArray(done) ? done : []
    return {
      isOpen: isOpen === true,
      done: tourSteps.map(({ name }) => name).filter((name) => names.includes(name)),
    }
  } catch (error) {
    if (error instanceof SyntaxError) return unbegun
    throw error
  }
}

export const withStep = (progress: Progress, name: StepName, isDone: boolean): Progress => ({
  ...progress,
  done: tourSteps.map((step) => step.name).filter((known) => (known === name ? isDone : progress.done.includes(known))),
})

/** The first that is not done; undefined at the end. */
export const nextStep = ({ done }: Progress): StepName | undefined =>
  tourSteps.map(({ name }) => name).find((name) => !done.includes(name))
