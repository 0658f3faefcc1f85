/** What is wrong with a changelog in the form of keepachangelog.com, for a release of this version. */
export function changelogFaults(text: string, version: string): readonly string[] {
  const faults: string[] = []
  if (!/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version)) faults.push(`package.json: ${version} is no semantic version`)
  const sections = text.split(/^## /m).slice(1)
  const own = sections.find((section) => section.startsWith(`[${version}]`))
  if (own === undefined) return [...faults, `CHANGELOG.md has no section [${version}]`]
  if (!/^\[[^\]]+\] - \d{4}-\d{2}-\d{2}\s*$/m.test(own.split('\n')[0] ?? '')) {
    faults.push(`CHANGELOG.md: [${version}] has no date`)
  }
  if (!/^### (Added|Changed|Deprecated|Removed|Fixed|Security)$/m.test(own) || !/^- /m.test(own)) {
    faults.push(`CHANGELOG.md: [${version}] says nothing`)
  }
  const unreleased = sections.find((section) => section.startsWith('[Unreleased]'))
  if (unreleased !== undefined && /^- /m.test(unreleased)) {
    faults.push('CHANGELOG.md: what is under [Unreleased] belongs to this version')
  }
  return faults
}
