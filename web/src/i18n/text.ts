import { de } from './de.ts'
import { deAccounts } from './de-accounts.ts'
import { deBoard } from './de-board.ts'
import { deFigures } from './de-figures.ts'
import { deClock } from './de-clock.ts'
import { deLevers } from './de-levers.ts'
import { deStock } from './de-stock.ts'
import { deOrders } from './de-orders.ts'
import { deOperations } from './de-operations.ts'
import { deReturns } from './de-returns.ts'
import { deWebhooks } from './de-webhooks.ts'
import { deTold } from './de-told.ts'
import { deChecks } from './de-checks.ts'
import { deDrills } from './de-drills.ts'
import { deTour } from './de-tour.ts'
import { en } from './en.ts'
import { enAccounts } from './en-accounts.ts'
import { enBoard } from './en-board.ts'
import { enFigures } from './en-figures.ts'
import { enClock } from './en-clock.ts'
import { enLevers } from './en-levers.ts'
import { enStock } from './en-stock.ts'
import { enOrders } from './en-orders.ts'
import { enOperations } from './en-operations.ts'
import { enReturns } from './en-returns.ts'
import { enWebhooks } from './en-webhooks.ts'
import { enTold } from './en-told.ts'
import { enChecks } from './en-checks.ts'
import { enDrills } from './en-drills.ts'
import { enTour } from './en-tour.ts'
import type { Language } from './language.ts'

const english = {
  ...en,
  ...enOrders,
  ...enReturns,
  ...enStock,
  ...enLevers,
  ...enOperations,
  ...enAccounts,
  ...enFigures,
  ...enClock,
  ...enBoard,
  ...enTour,
  ...enChecks,
  ...enDrills,
  ...enTold,
  ...enWebhooks,
}
export type TextKey = keyof typeof english
export type Texts = Readonly<Record<TextKey, string>>
export type Values = Readonly<Record<string, string | number>>
export type Translate = (key: TextKey, values?: Values) => string

/** Both languages have every key: a missing text is a type error. */
const dictionaries: Readonly<Record<Language, Texts>> = {
  en: english,
  de: {
    ...de,
    ...deOrders,
    ...deReturns,
    ...deStock,
    ...deLevers,
    ...deOperations,
    ...deAccounts,
    ...deFigures,
    ...deClock,
    ...deBoard,
    ...deTour,
    ...deChecks,
    ...deDrills,
    ...deTold,
    ...deWebhooks,
  },
}

export const hasText = (key: string): key is TextKey => Object.hasOwn(english, key)

/** `{name}` in a text is replaced by the value of that name; what has no value stays, to be seen. */
export const fill = (text: string, values: Values = {}): string =>
  text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => `${values[name] ?? whole}`)

/** With a `count`, the key ending in `.one` is taken for what the language calls one. */
export const translator =
  (language: Language): Translate =>
  (key, values) => {
    const count = values?.['count']
    const one = `${key}.one`
    const isOne = typeof count === 'number' && new Intl.PluralRules(language).select(count) === 'one' && hasText(one)
    return fill(dictionaries[language][isOne ? one : key], values)
  }
