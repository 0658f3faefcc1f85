import {
  type AuditLine,
  auditOutcomes,
  type ClockSource,
  clockSources,
  type Consumer,
  consumerGroups,
  type Letter,
  letterStates,
} from '../http/contract.ts'
import { type Given, isTrue, text, texts } from './search.ts'

/** Without a state: those that wait for a person. */
export type LetterSearch = {
  readonly state?: Letter['state'] | 'all'
  readonly group?: Consumer['group']
  readonly type?: string
  readonly cause?: string
  readonly orderId?: string
  readonly cursor?: string
}
export type AuditSearch = {
  readonly action?: string
  readonly actorId?: string
  readonly target?: string
  readonly outcome?: AuditLine['outcome']
  readonly cursor?: string
}

export const shownHours = [1, 6, 24] as const
export type FiguresSearch = { readonly hours?: (typeof shownHours)[number] }

export function readFiguresSearch(given: Given): FiguresSearch {
  const hours = shownHours.find((one) => `${one}` === text(given['hours']))
  return hours === undefined || hours === 1 ? {} : { hours }
}

export type ClockSearch = {
  /** Names with commas between them; without it all are shown. */
  readonly sources?: string
  /** Temporal's bookkeeping too. */
  readonly minor?: true
}

export function readClockSearch(given: Given): ClockSearch {
  const chosen = sourcesOf({ sources: text(given['sources']) ?? '' })
  return { ...(chosen.length > 0 && { sources: chosen.join(',') }), ...(isTrue(given['minor']) && { minor: true }) }
}

/** Of what an address names, the sources there are; none: all of them. */
export function sourcesOf({ sources = '' }: ClockSearch): readonly ClockSource[] {
  const names = new Set(sources.split(','))
  return clockSources.filter((source) => names.has(source))
}

export function readLetterSearch(given: Given): LetterSearch {
  const state = [...letterStates, 'all' as const].find((known) => known === given['state'] && known !== 'open')
  const group = consumerGroups.find((known) => known === given['group'])
  return {
    ...(state && { state }),
    ...(group && { group }),
    ...texts(given, ['type', 'cause', 'orderId', 'cursor']),
  }
}

export function readAuditSearch(given: Given): AuditSearch {
  const outcome = auditOutcomes.find((known) => known === given['outcome'])
  return { ...(outcome && { outcome }), ...texts(given, ['action', 'actorId', 'target', 'cursor']) }
}
