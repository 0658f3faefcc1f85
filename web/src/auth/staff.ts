import type { User } from '../http/contract.ts'

/** Whoever works here: sees every order, and buys nothing. Products, stock and decisions on money are for admins. */
export const isStaff = (user: User | undefined): boolean => user !== undefined && user.role !== 'customer'

export const isAdmin = (user: User | undefined): boolean => user?.role === 'admin'
