import { causeOf } from './failure-text.ts'

/** Why a partition of a group stands still. */
export type Standstill = {
  /** RFC 3339. */
  readonly since: string
  /** As `causeOf` says it. */
  readonly cause: string
}

/** Written beside the offset where it stands: the group tells it to whoever asks, so no worker needs a port for it. */
export const standstillNote = (since: string, error: unknown): string =>
  JSON.stringify({ since, cause: causeOf(error) } satisfies Standstill)

/** @returns undefined where the partition moves, or where somebody else wrote the note. */
export function readStandstill(metadata: string | null | undefined): Standstill | undefined {
  const [, since, cause] = /^\{"since":"([0-9TZ:.-]+)","cause":"([A-Za-z0-9_.]+)"\}$/.exec(metadata ?? '') ?? []
  return since === undefined || cause === undefined ? undefined : { since, cause }
}
