import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { z } from 'zod'
import type { trialSchema } from '../../../api/routes/webhook-deliveries.ts'
import type { deliverySchema, endpointSchema } from '../../../api/webhooks/documents.ts'
import type { DeliverySearch } from '../app/operator-search.ts'
import { call, query } from '../http/client.ts'
import type { Page } from '../http/contract.ts'
import { pageByPage } from '../http/pages.ts'

export type Endpoint = z.infer<typeof endpointSchema>
export type Delivery = z.infer<typeof deliverySchema>
export type Attempt = Delivery['attempts'][number]
export type Trial = z.infer<typeof trialSchema>
export type Wish = { readonly url: string; readonly events: readonly string[]; readonly description: string }
/** The secret is in no other answer. */
export type OpenedEndpoint = Endpoint & { readonly secret: string }
export type NewSecret = { readonly secret: string; readonly oldSecretUntil: string }

/** Where the pages about webhooks are: for staff, and for everybody about their own. */
export type Base = '/webhooks' | '/staff/webhooks'

/** What is below it is old once an endpoint has changed. */
export const webhooksKey = ['webhooks'] as const

const path = '/v1/webhook-endpoints'

/** A breaker opens and deliveries go out without anybody telling the page. */
const often = { refetchInterval: 5_000 }

export const endpointsQuery = infiniteQueryOptions({
  queryKey: [...webhooksKey, 'list'] as const,
  queryFn: ({ signal, pageParam }) =>
    call<Page<Endpoint>>(`${path}${query({ limit: 20, cursor: pageParam })}`, { signal }),
  ...pageByPage,
  ...often,
})

export const endpointQuery = (id: string) =>
  queryOptions({
    queryKey: [...webhooksKey, 'one', id] as const,
    queryFn: ({ signal }) => call<Endpoint>(`${path}/${id}`, { signal }),
    ...often,
  })

export const deliveriesQuery = (id: string, { status, cursor }: DeliverySearch) =>
  queryOptions({
    queryKey: [...webhooksKey, 'deliveries', id, { status, cursor }] as const,
    queryFn: ({ signal }) =>
      call<Page<Delivery>>(`${path}/${id}/deliveries${query({ status, cursor, limit: 20 })}`, { signal }),
    placeholderData: keepPreviousData,
    refetchInterval: 3_000,
  })

export const createEndpoint = (body: Wish): Promise<OpenedEndpoint> => call(path, { method: 'POST', body })
export type EndpointChange = Partial<Wish> & { readonly enabled?: boolean }
export const changeEndpoint = (id: string, body: EndpointChange): Promise<Endpoint> =>
  call(`${path}/${id}`, { method: 'PATCH', body })
export const deleteEndpoint = (id: string): Promise<void> => call(`${path}/${id}`, { method: 'DELETE' })
export const rotateSecret = (id: string): Promise<NewSecret> => call(`${path}/${id}/secret`, { method: 'POST' })
export const tryEndpoint = (id: string, dryRun: boolean): Promise<Trial> =>
  call(`${path}/${id}/test${query({ dryRun: dryRun || undefined })}`, { method: 'POST' })
export const redeliver = (id: string): Promise<Delivery> =>
  call(`/v1/webhook-deliveries/${id}/redeliver`, { method: 'POST' })
