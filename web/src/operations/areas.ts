import { isAdmin, isStaff } from '../auth/staff.ts'

/** The pages for those who keep the system running. One more is a line here, and `<OperationsTabs />` above its page. */
export const areas = [
  { to: '/staff/dead-letters', label: 'operations.letters', may: isStaff },
  { to: '/staff/consumers', label: 'operations.consumers', may: isStaff },
  { to: '/staff/figures', label: 'operations.figures', may: isStaff },
  { to: '/staff/checks', label: 'checks.title', may: isAdmin },
  { to: '/staff/drills', label: 'drills.title', may: isAdmin, demoOnly: true },
  { to: '/staff/notifications', label: 'told.title', may: isAdmin },
  { to: '/staff/webhooks', label: 'webhooks.title', may: isStaff },
  { to: '/staff/audit', label: 'operations.audit', may: isAdmin },
] as const
