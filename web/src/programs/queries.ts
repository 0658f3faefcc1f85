import { infiniteQueryOptions } from '@tanstack/react-query'
import type { z } from 'zod'
import type { serviceAccountSchema } from '../../../api/routes/service-accounts.ts'
import { call, query } from '../http/client.ts'
import type { Page } from '../http/contract.ts'
import { every } from '../http/every.ts'
import { pageByPage } from '../http/pages.ts'

export type Program = z.infer<typeof serviceAccountSchema>
export type Scope = Program['scopes'][number]
export const scopes = every<Scope>()(['orders:read', 'orders:write', 'stock:write', 'admin'])

export const programsKey = ['programs'] as const

export const programsQuery = infiniteQueryOptions({
  queryKey: programsKey,
  queryFn: ({ signal, pageParam }) =>
    call<Page<Program>>(`/v1/admin/service-accounts${query({ limit: 20, cursor: pageParam })}`, { signal }),
  ...pageByPage,
})

export type NewProgram = { readonly name: string; readonly scopes: readonly Scope[]; readonly expiresAt?: string }
/** The secret is in no other answer. */
export type Opened = { readonly id: string; readonly keyId: string; readonly secret: string }

export const openProgram = (body: NewProgram): Promise<Opened> =>
  call('/v1/admin/service-accounts', { method: 'POST', body })
export const revokeProgram = (id: string): Promise<void> =>
  call(`/v1/admin/service-accounts/${id}`, { method: 'DELETE' })
