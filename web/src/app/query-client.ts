import { QueryClient } from '@tanstack/react-query'
import { onSessionChange, sessionState } from '../auth/session.ts'
import { HttpProblem } from '../http/problem.ts'

/** What the API refuses is not asked again; what did not reach it is, twice. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      retry: (failures, error) => failures < 2 && !(error instanceof HttpProblem && isFinal(error.status)),
      retryDelay: (failures) => 400 * 2 ** failures,
      networkMode: 'always',
    },
    mutations: { networkMode: 'always', retry: false },
  },
})

const isFinal = (status: number): boolean => status >= 400 && status < 500

/** The same for everyone who looks. */
const isPublic = (key: readonly unknown[]): boolean => key[0] === 'products' || key[0] === 'meta'

let reader: string | undefined
/** What one person was shown is never shown to the next. */
onSessionChange(() => {
  const session = sessionState()
  const next = session.kind === 'signedIn' ? session.user.id : undefined
  if (reader !== undefined && next !== reader) {
    queryClient.removeQueries({ predicate: ({ queryKey }) => !isPublic(queryKey) })
  }
  reader = next
})
