import { useNavigate, useSearch } from '@tanstack/react-router'
import type { User } from '../http/contract.ts'

/** After signing in: to the page that was wanted, else to where this person works. */
export function useGoOn(): (user: User) => void {
  const navigate = useNavigate()
  const { next } = useSearch({ strict: false })
  return (user) => {
    const home = user.role === 'admin' ? '/staff/orders' : '/'
    void navigate({ href: next ?? home, replace: true })
  }
}
