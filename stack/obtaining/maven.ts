import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Report } from '../surroundings.ts'
import { findOrInstall } from './apt.ts'
import { longStep } from './long-step.ts'

export type Artifact = { readonly group: string; readonly name: string; readonly version: string }

export type MavenFetch = {
  readonly what: string
  /** Jars as they are with all that they need, or the content of these jars alone. */
  readonly goal: 'copy-dependencies' | 'unpack-dependencies'
  readonly artifacts: readonly Artifact[]
  /** Made by this; the caller renames it into place when it is whole. */
  readonly folder: string
  readonly report: Report
}

/** Fetches artifacts through Maven, which knows its user's mirrors and proxies. @throws when Maven is missing or fails. */
export async function fetchWithMaven(fetch: MavenFetch): Promise<void> {
  const maven = await findOrInstall('mvn', 'maven', fetch.report)
  if (maven === undefined) throw new Error('Maven (mvn) is not on the PATH')
  const work = `${fetch.folder}.pom`
  mkdirSync(work, { recursive: true })
  writeFileSync(join(work, 'pom.xml'), pom(fetch.artifacts))
  const unpack = fetch.goal === 'unpack-dependencies'
  const common = ['-q', '-B', `dependency:${fetch.goal}`, '-DincludeScope=runtime', `-DoutputDirectory=${fetch.folder}`]
  await longStep({
    what: fetch.what,
    command: maven,
    args: unpack ? [...common, '-DexcludeTransitive=true'] : common,
    cwd: work,
    report: fetch.report,
  })
  rmSync(work, { recursive: true, force: true })
}

/** The least that Maven takes for a project. */
export function pom(artifacts: readonly Artifact[]): string {
  const dependencies = artifacts.map(
    ({ group, name, version }) =>
      `<dependency><groupId>${group}</groupId><artifactId>${name}</artifactId><version>${version}</version></dependency>`,
  )
  return `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>holdfast</groupId><artifactId>fetched-servers</artifactId><version>1</version><packaging>pom</packaging>
  <dependencies>
    ${dependencies.join('\n    ')}
  </dependencies>
</project>
`
}
