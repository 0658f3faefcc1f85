import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { z } from 'zod'
import type { campaignSchema, progressSchema } from '../../../api/routes/campaigns.ts'
import type { messageSchema, queueSchema } from '../../../api/routes/notifications.ts'
import type { MessageSearch } from '../app/operator-search.ts'
import { call, query } from '../http/client.ts'
import type { Page } from '../http/contract.ts'
import { pageByPage } from '../http/pages.ts'
import { postOnce } from '../http/once.ts'

export type Message = z.infer<typeof messageSchema>
export type Queue = z.infer<typeof queueSchema>
export type Campaign = z.infer<typeof campaignSchema>
export type CampaignProgress = z.infer<typeof progressSchema>

export const notificationsKey = ['notifications'] as const

/** Messages go out without anybody telling the page. */
const often = { refetchInterval: 5_000 }

export const messagesQuery = ({ status, orderId, customerId, cursor }: MessageSearch) =>
  queryOptions({
    queryKey: [...notificationsKey, 'list', { status, orderId, customerId, cursor }] as const,
    queryFn: ({ signal }) => {
      const filter = { status, orderId, customerId, cursor, limit: 20 }
      return call<Page<Message>>(`/v1/admin/notifications${query(filter)}`, { signal })
    },
    placeholderData: keepPreviousData,
    ...often,
  })

export const queuesQuery = queryOptions({
  queryKey: [...notificationsKey, 'queues'] as const,
  queryFn: async ({ signal }) =>
    (await call<{ readonly items: readonly Queue[] }>('/v1/admin/notifications/queues', { signal })).items,
  ...often,
})

const campaigns = '/v1/admin/campaigns'
export const campaignsKey = [...notificationsKey, 'campaigns'] as const

export const campaignsQuery = infiniteQueryOptions({
  queryKey: [...campaignsKey, 'list'] as const,
  queryFn: ({ signal, pageParam }) =>
    call<Page<Campaign>>(`${campaigns}${query({ limit: 10, cursor: pageParam })}`, { signal }),
  ...pageByPage,
  ...often,
})

export const campaignQuery = (id: string) =>
  queryOptions({
    queryKey: [...campaignsKey, 'one', id] as const,
    queryFn: ({ signal }) => call<CampaignProgress>(`${campaigns}/${id}`, { signal }),
    ...often,
  })

export type NewCampaign = { readonly subject: string; readonly text: string }
export const sendCampaign = (body: NewCampaign, key: string): Promise<Campaign> => postOnce(campaigns, body, key)
