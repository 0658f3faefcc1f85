type Advisory = { readonly title?: string; readonly url?: string }
type Found = {
  readonly name: string
  readonly severity: string
  readonly via: readonly (string | Advisory)[]
}
export type AuditReport = {
  readonly vulnerabilities?: Readonly<Record<string, Found>>
  /** What the registry answered instead. */
  readonly statusCode?: number
}

/** Advisories that were looked into and do not concern us, by the end of their address, with why. */
export const explained: Readonly<Record<string, string>> = {}

/** What `npm audit --json` found that is not explained, each advisory once. */
export function unexplained(report: AuditReport, known = explained): readonly string[] {
  if (report.vulnerabilities === undefined) {
    const why = report.statusCode === undefined ? '' : `: the registry answers ${report.statusCode}`
    return [`npm audit gave no report${why}`]
  }
  const lines = Object.values(report.vulnerabilities).flatMap(({ name, severity, via }) =>
    via
      .filter((one) => typeof one === 'object')
      .filter(({ url }) => known[url?.split('/').at(-1) ?? ''] === undefined)
      .map(({ title, url }) => `${severity}: ${name}: ${title} (${url})`),
  )
  return [...new Set(lines)]
}
