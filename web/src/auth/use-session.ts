import { useSyncExternalStore } from 'react'
import type { User } from '../http/contract.ts'
import { onSessionChange, sessionState, type SessionState } from './session.ts'

export const useSession = (): SessionState => useSyncExternalStore(onSessionChange, sessionState)

export function useUser(): User | undefined {
  const session = useSession()
  return session.kind === 'signedIn' ? session.user : undefined
}
