import { newKey } from '../../../client/key.ts'

/** Of the renewal that has no answer yet, whichever tab asked: one cookie, one renewal at a time. No secret. */
const name = 'holdfast.renewal'

/** The key of the renewal that was cut off before its answer, or a new one. */
export function renewalKey(): string {
  const key = localStorage.getItem(name) ?? newKey()
  localStorage.setItem(name, key)
  return key
}

export const renewalAnswered = (): void => localStorage.removeItem(name)
