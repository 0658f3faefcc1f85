import { useText } from '../i18n/use-text.ts'
import { isProblem, type Violation } from '../http/problem.ts'
import { violationText } from './problem-text.ts'

export type FieldErrors = {
  /** What belongs beside the field of that pointer, as the property `error` of an input. */
  readonly at: (pointer: string) => string | undefined
  /** What no field shows: for the form as a whole. */
  readonly others: readonly string[]
}

/** Each violation goes beside its field. One that has none, say of a line in the cart, is told above the form. */
export function useFieldErrors(error: unknown, pointers: readonly string[]): FieldErrors {
  const t = useText()
  const { byField, others } = sortViolations(isProblem(error) ? error.violations : [], pointers)
  return {
    at: (pointer) => {
      const violation = byField.get(pointer)
      return violation && violationText(t, violation)
    },
    others: others.map((violation) => `${violation.pointer}: ${violationText(t, violation)}`),
  }
}

export function sortViolations(violations: readonly Violation[], pointers: readonly string[]) {
  const byField = new Map<string, Violation>()
  const others: Violation[] = []
  for (const violation of violations) {
    if (!pointers.includes(violation.pointer)) others.push(violation)
    else if (!byField.has(violation.pointer)) byField.set(violation.pointer, violation)
  }
  return { byField, others }
}
