import { UnreadableMessage } from './envelope.ts'

/** A message of a dead letter is no longer than this. */
export const messageLength = 500
const deepestCause = 10

/**
 * What kind of failure it is, in one word that stays the same from time to time and order to order: the first code on
 * the chain of causes (`ER_DUP_ENTRY`, `GRPC_3`), or else the error's class.
 */
export function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'NoError'
  if (error instanceof UnreadableMessage) return error.name
  let current: unknown = error
  for (let depth = 0; current instanceof Error && depth < deepestCause; depth += 1, current = current.cause) {
    const code: unknown = 'code' in current ? current.code : undefined
    if (typeof code === 'string' && code !== '') return asWord(code)
    if (typeof code === 'number') return `GRPC_${code}`
  }
  return asWord(error.name)
}

/** Looked for at the beginning of a word only: from each of its letters on, a long word would take minutes. */
const emailAddress = /(?<![^\s<>"'(])[^\s<>"'(]+@[^\s<>"')]+/g

/**
 * The error's text for people: one line, cut, and without what may be about a person. Databases quote the values they
 * complain of, so whatever an error with a code quotes is left out, and email addresses are everywhere.
 */
export function safeMessage(error: unknown): string {
  if (!(error instanceof Error)) return 'something that is no error was thrown'
  const quotes = error instanceof UnreadableMessage || causeOf(error) === asWord(error.name) ? [] : [/'[^']*'|"[^"]*"/g]
  const hidden = [...quotes, emailAddress].reduce((text, what) => text.replaceAll(what, '…'), error.message)
  return hidden.replaceAll(/[\p{Cc}\p{Cs}]+/gu, ' ').slice(0, messageLength)
}

const asWord = (text: string): string => text.replaceAll(/[^A-Za-z0-9_.]/g, '_').slice(0, 64) || 'Error'
