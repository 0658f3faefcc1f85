import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { cached } from '../../stack/obtaining/cached.ts'
import { findProgram } from '../../stack/obtaining/find.ts'
import { longStep } from '../../stack/obtaining/long-step.ts'
import { cacheDir, type Report } from '../../stack/surroundings.ts'

/** Pinned: a newer one may look for more. */
const version = '4.32.5'
const folder = `schemathesis-${version}`
const pythonOf = (place: string): string => join(place, 'bin', 'python')

/** A Python that has schemathesis, if it was fetched before. */
export function schemathesisIfThere(): string | undefined {
  const python = pythonOf(join(cacheDir(), folder))
  return existsSync(python) ? python : undefined
}

/** A Python that has schemathesis, from PyPI on the first call. */
export async function obtainSchemathesis(report: Report): Promise<string> {
  const place = await cached(folder, report, async (aside) => {
    const python = findProgram('python3')
    if (python === undefined) throw new Error('schemathesis needs Python 3.10 or newer as python3')
    await longStep({ what: 'making a place for schemathesis', command: python, args: ['-m', 'venv', aside], report })
    await longStep({
      what: `fetching schemathesis ${version}`,
      command: pythonOf(aside),
      args: ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', `schemathesis==${version}`],
      report,
    })
  })
  return pythonOf(place)
}

/** Not its `st`: that names the folder it was made in, which was renamed since. */
export const schemathesisArgs = ['-c', 'from schemathesis.cli import schemathesis; schemathesis()'] as const
