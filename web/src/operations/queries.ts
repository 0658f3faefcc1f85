import { queryOptions } from '@tanstack/react-query'
import type { AuditSearch } from '../app/staff-search.ts'
import { call, query } from '../http/client.ts'
import type { AuditLine, Consumer, Page } from '../http/contract.ts'

export const consumersQuery = queryOptions({
  queryKey: ['consumers'] as const,
  queryFn: ({ signal }) => call<Page<Consumer>>('/v1/admin/consumers', { signal }),
  // nothing tells that one has stopped, or how far behind it is
  refetchInterval: 3_000,
})

export const auditQuery = ({ action, actorId, target, outcome, cursor }: AuditSearch) =>
  queryOptions({
    queryKey: ['audit', { action, actorId, target, outcome, cursor }] as const,
    queryFn: ({ signal }) => {
      const filter = { action, actorId, target, outcome, cursor, limit: 20 }
      return call<Page<AuditLine>>(`/v1/admin/audit${query(filter)}`, { signal })
    },
  })
