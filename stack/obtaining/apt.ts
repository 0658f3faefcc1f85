import { givenEnvironment, isRoot, type Report } from '../surroundings.ts'
import { findProgram } from './find.ts'
import { longStep } from './long-step.ts'

/** Packages are only installed where nobody has to be asked for a password: as root, which is a container or CI. */
export const canInstallPackages = (): boolean => isRoot && findProgram('apt-get') !== undefined

/** Installs Debian packages. Two runs at once wait for each other. */
export async function installPackages(packages: readonly string[], report: Report): Promise<void> {
  const env = { ...givenEnvironment(), DEBIAN_FRONTEND: 'noninteractive' }
  const common = { command: 'apt-get', env, report }
  await longStep({ ...common, what: 'reading the list of packages', args: [...aptOptions, 'update'] })
  await longStep({
    ...common,
    what: `installing ${packages.join(', ')}`,
    args: [...aptOptions, 'install', '-y', '--no-install-recommends', ...packages],
  })
}

const aptOptions = ['-q', '-o', 'DPkg::Lock::Timeout=300']

/** The program, from a package if it is not there and may be installed. */
export async function findOrInstall(program: string, packageName: string, report: Report): Promise<string | undefined> {
  const found = findProgram(program)
  if (found !== undefined || !canInstallPackages()) return found
  await installPackages([packageName], report)
  return findProgram(program)
}
