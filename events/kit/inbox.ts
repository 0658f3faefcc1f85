/** An event by what makes it unique, and by what its content hashes to. */
export type Mark = { readonly subject: string; readonly sequence: number; readonly hash: string }

export const markKey = ({ subject, sequence }: Pick<Mark, 'subject' | 'sequence'>): string => `${subject}:${sequence}`

export type Claimed = {
  /** Keys of marks that were not there before and are now. */
  readonly fresh: ReadonlySet<string>
  /** Hashes of marks that are there, by key: of those asked for and of each one's predecessor. */
  readonly known: ReadonlyMap<string, string>
}

/**
 * Remembers which events were taken in, in one transaction with what they cause. `Tx` is what the handler writes with;
 * any store will do that can commit both together.
 */
export type Inbox<Tx> = {
  /** Called once, before the first event. */
  readonly prepare: () => Promise<void>
  /** All that `work` does is kept, or nothing is if it throws. */
  readonly transact: (work: (tx: Tx) => Promise<void>) => Promise<void>
  /** First thing in the transaction: another process with the same event has to wait here until this one is done. */
  readonly claim: (tx: Tx, group: string, marks: readonly Mark[]) => Promise<Claimed>
}

/** For handlers that may be given an event twice: remembers nothing, so neither gaps nor repetitions are seen. */
export const noInbox: Inbox<undefined> = {
  prepare: () => Promise.resolve(),
  transact: (work) => work(undefined),
  claim: (_tx, _group, marks) =>
    Promise.resolve({ fresh: new Set(marks.map(markKey)), known: new Map(marks.flatMap(predecessorToo)) }),
}

/** Whoever remembers nothing takes it that nothing is missing. */
const predecessorToo = (mark: Mark): readonly (readonly [string, string])[] =>
  [mark, { ...mark, sequence: mark.sequence - 1 }].map((one) => [markKey(one), mark.hash])
