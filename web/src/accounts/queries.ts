import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { z } from 'zod'
import type { accountDetailSchema, accountSchema } from '../../../api/routes/accounts.ts'
import type { mailSchema } from '../../../api/routes/mailbox.ts'
import type { AccountSearch, Role } from '../app/account-search.ts'
import { call, query } from '../http/client.ts'
import type { Page } from '../http/contract.ts'
import { pageByPage } from '../http/pages.ts'

/** Somebody's account, as admins see it. */
export type SomeAccount = z.infer<typeof accountSchema>
export type AccountDetail = z.infer<typeof accountDetailSchema>
export type Mail = z.infer<typeof mailSchema>
export type AccountChange = { readonly role?: Role; readonly disabled?: boolean }

/** What is below it is old once an account has changed. */
export const accountsKey = ['accounts'] as const

export const accountsQuery = ({ role, q }: AccountSearch) =>
  infiniteQueryOptions({
    queryKey: [...accountsKey, 'list', { role, q }] as const,
    queryFn: ({ signal, pageParam }) =>
      call<Page<SomeAccount>>(`/v1/admin/accounts${query({ role, q, limit: 20, cursor: pageParam })}`, { signal }),
    ...pageByPage,
    placeholderData: keepPreviousData,
  })

const path = (id: string): string => `/v1/admin/accounts/${id}`

export const accountQuery = (id: string) =>
  queryOptions({
    queryKey: [...accountsKey, 'one', id] as const,
    queryFn: ({ signal }) => call<AccountDetail>(path(id), { signal }),
  })

export const changeAccount = (id: string, body: AccountChange): Promise<SomeAccount> =>
  call(path(id), { method: 'PATCH', body })
export const endSessionsOf = (id: string): Promise<void> => call(`${path(id)}/sessions`, { method: 'DELETE' })

/** Read again by itself: who waits for a mail looks until it is there. */
export const mailsQuery = infiniteQueryOptions({
  queryKey: ['mailbox'] as const,
  queryFn: ({ signal, pageParam }) =>
    call<Page<Mail>>(`/v1/admin/mailbox${query({ limit: 20, cursor: pageParam })}`, { signal }),
  ...pageByPage,
  refetchInterval: 5_000,
})
