/**
 * Whether a request that is authenticated by a cookie alone comes from our own page. Browsers send `Origin` with every
 * POST and no page can forge it; other programs send none and have no cookie that they did not set themselves.
 */
export function isOwnOrigin(origin: string | undefined, host: string | undefined): boolean {
  if (origin === undefined) return true
  return URL.canParse(origin) && host !== undefined && new URL(origin).host === host.toLowerCase()
}
