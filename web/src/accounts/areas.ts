/** The pages about who may come in: one more is a line here, and `<AccountsTabs />` above its page. */
export const areas = [
  { to: '/staff/accounts', label: 'accounts.people' },
  { to: '/staff/programs', label: 'programs.title' },
  { to: '/staff/mailbox', label: 'mailbox.title' },
] as const
