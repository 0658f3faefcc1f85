import { fromMessage, type RawMessage, UnreadableMessage } from '../../events/envelope.ts'
import type { LetterRow } from '../../workers/projection/dead-letters/act.ts'

/** What today's parser says to a letter. */
export type DryRun = { readonly accepted: boolean; readonly problem: string | null }

type Message = Pick<LetterRow, 'message_key' | 'headers' | 'body' | 'partition_number' | 'message_offset'>

/** Parses only: nothing is sent and nothing is done. Whether its service can process it is seen when it does. */
export function dryRun(letter: Message, body: Buffer | null = letter.body): DryRun {
  try {
    fromMessage(asMessage(letter, body))
    return { accepted: true, problem: null }
  } catch (error) {
    if (error instanceof UnreadableMessage) return { accepted: false, problem: error.message }
    throw error
  }
}

function asMessage(letter: Message, value: Buffer | null): RawMessage {
  // the first of a name counts, as everywhere
  const headers = Object.fromEntries(
    letter.headers.toReversed().map(([name, base64]) => [name, Buffer.from(base64, 'base64')]),
  )
  const { message_key: key, partition_number: partition, message_offset: offset } = letter
  return { key, value, headers, partition, offset: String(offset) }
}

/** The body as JSON, for a comparison; as text where it is none. */
export function readable(body: Buffer | null): unknown {
  const text = body?.toString() ?? null
  try {
    return text === null ? null : (JSON.parse(text) as unknown)
  } catch (error) {
    if (error instanceof SyntaxError) return text
    throw error
  }
}
