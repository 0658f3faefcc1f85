import { queryOptions } from '@tanstack/react-query'
import type { z } from 'zod'
import type { preferencesSchema } from '../../../api/routes/my-notifications.ts'
import type { sessionSchema } from '../../../api/routes/me.ts'
import { call } from '../http/client.ts'
import type { User } from '../http/contract.ts'

export type LiveSession = z.infer<typeof sessionSchema>

export const sessionsKey = ['me', 'sessions'] as const

/** Where this person is signed in, the latest used first. */
export const sessionsQuery = queryOptions({
  queryKey: sessionsKey,
  queryFn: async ({ signal }) =>
    (await call<{ readonly items: readonly LiveSession[] }>('/v1/me/sessions', { signal })).items,
})

export const endSession = (id: string): Promise<void> => call(`/v1/me/sessions/${id}`, { method: 'DELETE' })
export const endAllSessions = (): Promise<void> => call('/v1/auth/logout-everywhere', { method: 'POST' })

export const rename = (name: string): Promise<User> => call('/v1/me', { method: 'PATCH', body: { name } })

export type PasswordChange = { readonly currentPassword: string; readonly newPassword: string }
export const changePassword = (body: PasswordChange): Promise<void> => call('/v1/me/password', { method: 'POST', body })

/** Which messages one gets. */
export type Choices = z.infer<typeof preferencesSchema>

export const choicesKey = ['me', 'notifications'] as const
const choices = '/v1/me/notifications'
export const choicesQuery = queryOptions({
  queryKey: choicesKey,
  queryFn: ({ signal }) => call<Choices>(choices, { signal }),
})
export const saveChoices = (body: Choices): Promise<Choices> => call(choices, { method: 'PUT', body })
