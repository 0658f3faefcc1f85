/** Codes are ours or a provider's: whatever it thinks of, there are only so many series. Our own are never `other`. */
export function makeLabels(most: number): (code: string | undefined) => string {
  const known = new Set<string>(Object.values(ownReasons))
  return (code) => {
    if (code === undefined) return ''
    const plain = code.replaceAll(/[^\w.:-]/g, '_').slice(0, 64)
    if (known.size >= most && !known.has(plain)) return 'other'
    known.add(plain)
    return plain
  }
}

/** The saga's own: no answer, to an ask or to an undo, and no dispatch. */
export const ownReasons = { late: 'timed_out', undoLate: 'undo_unanswered', notSent: 'not_dispatched' } as const

export const label = makeLabels(200)
