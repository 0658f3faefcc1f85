import { expect, vi } from 'vitest'
import type { Json, Person } from './shop.ts'

export type Letter = {
  readonly id: string
  readonly group: string
  readonly state: string
  readonly cause: string
  readonly message: string
  readonly attempts: number
  readonly redrives: number
  readonly eventId: string | null
}
export type Whole = Letter & {
  readonly headers: readonly { readonly name: string }[]
  readonly body: { readonly text: string } | null
  readonly dryRun: Json
  readonly acts: readonly Json[]
}
export type Page = { readonly items: readonly Letter[]; readonly nextCursor: string | null }

export const path = '/v1/admin/dead-letters'
export const because = { reason: 'for a test' }

/** What an admin does with dead letters. */
export function deadLettersFor(admin: Person) {
  const list = async (query: string) => (await admin.call<Page>('GET', `${path}?${query}`)).body.items
  return {
    list,
    redrive: (id: string, more: object = {}) =>
      admin.call<Whole & { code?: string }>('POST', `${path}/${id}/redrive`, { ...because, ...more }),
    /** Waits until the order's one letter of the group is as it should be. */
    letterOf: (orderId: string, group: string, like: Partial<Letter> = { state: 'open' }): Promise<Letter> =>
      vi.waitFor(
        async () => {
          const letters = await list(`orderId=${orderId}&group=${group}`)
          expect(letters).toHaveLength(1)
          expect(letters[0]).toMatchObject(like)
          return letters[0] as Letter
        },
        { timeout: 30_000, interval: 200 },
      ),
  }
}
