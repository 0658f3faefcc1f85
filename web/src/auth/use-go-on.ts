import { useNavigate, useSearch } from '@tanstack/react-router'
import type { User } from '../http/contract.ts'
import { isStaff } from './staff.ts'

/** After signing in: to the page that was wanted, else to where this person works. */
export function useGoOn(): (user: User) => void {
  const navigate = useNavigate()
  const { next } = useSearch({ strict: false })
  return (user) => {
    const home = isStaff(user) ? '/staff/orders' : '/'
    void navigate({ href: next ?? home, replace: true })
  }
}
