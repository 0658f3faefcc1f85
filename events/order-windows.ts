/** Where on its partition an order's messages are still to be looked for. */
export type Windows = {
  /** The offset to read from; undefined: everything is found, or the end was reached. */
  readonly next: () => number | undefined
  readonly found: (id: string) => void
  /** Everything before this offset was read. */
  readonly readUpTo: (offset: number) => void
}

type Wanted = { readonly id: string; readonly time: string }

/** Events further apart than this are looked for each in their own place. */
const apartMs = 60_000
/** Places to look in, at most; what is left over is looked for from the last one on. */
const mostWindows = 10

/**
 * An order may rest for weeks between two events: what lies between is not read. Nothing but the topic's end says that
 * an event is not there, as it may have been published much later than it happened.
 * @param end of the partition.
 * @param offsetAt the first offset of that time or later.
 */
export async function makeWindows(
  wanted: readonly Wanted[],
  end: number,
  offsetAt: (time: Date) => Promise<number>,
): Promise<Windows> {
  const groups: { readonly from: number; readonly ids: Set<string> }[] = []
  let last = Number.NEGATIVE_INFINITY
  for (const { id, time } of wanted.toSorted((a, b) => Date.parse(a.time) - Date.parse(b.time))) {
    const at = Date.parse(time)
    if (at - last > apartMs && groups.length < mostWindows) {
      groups.push({ from: await offsetAt(new Date(at)), ids: new Set() })
    }
    groups.at(-1)?.ids.add(id)
    last = at
  }
  let read = 0
  return {
    next() {
      const open = groups.find(({ ids }) => ids.size > 0)
      if (open === undefined) return undefined
      const from = Math.max(open.from, read)
      return from < end ? from : undefined
    },
    found: (id) => groups.forEach(({ ids }) => ids.delete(id)),
    readUpTo(offset) {
      read = Math.max(read, offset)
    },
  }
}
