/** So many places for each user; who gets one gives it back. */
export function makePlaces(most: number) {
  const taken = new Map<string, number>()

  /** @returns what gives the place back, or undefined where all are taken. */
  function take(user: string): (() => void) | undefined {
    const count = taken.get(user) ?? 0
    if (count >= most) return undefined
    taken.set(user, count + 1)
    let isGivenBack = false
    return () => {
      if (isGivenBack) return
      isGivenBack = true
      const left = (taken.get(user) ?? 1) - 1
      if (left === 0) taken.delete(user)
      else taken.set(user, left)
    }
  }

  return { most, take }
}

export type Places = ReturnType<typeof makePlaces>
