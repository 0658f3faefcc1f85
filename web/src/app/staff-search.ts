import {
  type AuditLine,
  auditOutcomes,
  type Consumer,
  consumerGroups,
  type Letter,
  letterStates,
} from '../http/contract.ts'
import { type Given, text } from './search.ts'

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

function texts<Name extends string>(given: Given, names: readonly Name[]): { readonly [name in Name]?: string } {
  const found: { [name in Name]?: string } = {}
  for (const name of names) {
    const value = text(given[name])
    if (value !== undefined) found[name] = value
  }
  return found
}
