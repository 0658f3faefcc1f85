import type { Positions } from '../../events/topic-reader.ts'

/** `0:17,1:4`: of each partition the offset to go on with. */
export const positionsPattern = /^\d{1,5}:\d{1,15}(?:,\d{1,5}:\d{1,15}){0,999}$/

export const formatPositions = (positions: Positions): string =>
  [...positions].map(([partition, offset]) => `${partition}:${offset}`).join(',')

/** @returns undefined for what no stream has sent. */
export function parsePositions(text: string): Positions | undefined {
  if (!positionsPattern.test(text)) return undefined
  return new Map(
    text.split(',').map((part) => {
      const [partition, offset] = part.split(':')
      return [Number(partition), Number(offset)] as const
    }),
  )
}
