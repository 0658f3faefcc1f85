import { useSyncExternalStore } from 'react'

export const languages = { en: 'English', de: 'Deutsch' } as const
export type Language = keyof typeof languages

const storageKey = 'holdfast.language'
const listeners = new Set<() => void>()
let language: Language = choose(localStorage.getItem(storageKey), navigator.languages)
document.documentElement.lang = language

/** What was chosen here before, else the first of the browser's languages that there are texts for. */
export function choose(stored: string | null, preferred: readonly string[]): Language {
  const codes = [stored ?? '', ...preferred].map((code) => code.slice(0, 2))
  return codes.find(isLanguage) ?? 'en'
}

export function isLanguage(code: string): code is Language {
  return Object.hasOwn(languages, code)
}

export function setLanguage(next: Language): void {
  language = next
  localStorage.setItem(storageKey, next)
  document.documentElement.lang = next
  for (const listener of listeners) listener()
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** `en-GB` for a British reader: the language of the texts, the habits of the region. */
export const localeOf = (chosen: Language, preferred: readonly string[]): string =>
  preferred.find((tag) => tag.slice(0, 2) === chosen) ?? chosen

/** For dates, numbers and amounts. */
export const useLocale = (): string => localeOf(useLanguage(), navigator.languages)

export const useLanguage = (): Language => useSyncExternalStore(subscribe, () => language)
