import { useQuery } from '@tanstack/react-query'
import { call } from '../http/client.ts'
import type { Meta } from '../http/contract.ts'

/** Whether demo accounts, scenarios and explanations are shown. A system that does not say is no demo. */
export function useMeta(): Meta {
  const { data } = useQuery({
    queryKey: ['meta'],
    queryFn: ({ signal }) => call<Meta>('/v1/meta', { signal }),
    staleTime: Infinity,
  })
  return data ?? { demo: false }
}
