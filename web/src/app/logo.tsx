/** The same as public/favicon.svg. */
export function Logo() {
  return (
    <svg width="30" height="30" viewBox="0 0 32 32" aria-hidden>
      <rect width="32" height="32" rx="8" fill="var(--mantine-color-accent-7)" />
      <path d="M10 8v16M22 8v16M10 16h12" stroke="#fff" strokeWidth="3.4" strokeLinecap="round" fill="none" />
      <circle cx="16" cy="16" r="3.6" fill="var(--mantine-color-accent-7)" stroke="#fff" strokeWidth="2.4" />
    </svg>
  )
}
