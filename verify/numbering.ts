/** What of an event proves that nothing is lost, doubled or changed. */
export type Numbered = {
  readonly orderId: string
  readonly stream: string
  readonly sequence: number
  readonly hash: string
}

/** Takes events as they stand on the topic, in any number of pieces, and says where their numbers are wrong. */
export function makeNumbering() {
  const streams = new Map<
    string,
    { readonly orderId: string; readonly hashes: string[]; readonly faults: Set<string> }
  >()
  return {
    take({ orderId, stream, sequence, hash }: Numbered): void {
      const one = streams.get(stream) ?? { orderId, hashes: [], faults: new Set<string>() }
      streams.set(stream, one)
      const known = one.hashes[sequence]
      if (known !== undefined && known !== hash) one.faults.add(`${sequence} is there with two contents`)
      one.hashes[sequence] ??= hash
    },
    count: (): number => streams.size,
    /** By order; the same again and again is no fault, as delivery is at least once. */
    faults: (): ReadonlyMap<string, readonly string[]> => {
      const found = new Map<string, readonly string[]>()
      for (const { orderId, hashes, faults } of streams.values()) {
        const missing: string[] = []
        for (let sequence = 1; sequence < hashes.length; sequence += 1) {
          if (hashes[sequence] === undefined) missing.push(`${sequence} is missing`)
        }
        const all = [...missing, ...faults]
        if (all.length > 0) found.set(orderId, [...(found.get(orderId) ?? []), ...all])
      }
      return found
    },
  }
}
