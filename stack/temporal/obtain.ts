import { chmodSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { cached } from '../obtaining/cached.ts'
import { canRun, findProgram, ServerNotFound } from '../obtaining/find.ts'
import { longStep } from '../obtaining/long-step.ts'
import { cacheDir, givenEnvironment, messageOf, projectDir, type Report } from '../surroundings.ts'

/** The last version that Go can install: newer ones have a `replace` in their module file. */
const version = 'v1.5.1'

const ways = [
  'install the Temporal CLI and put it on the PATH (macOS: brew install temporal)',
  'install Go 1.24 or newer, which builds it here once (3 minutes)',
  'run any Temporal server and give its address: TEMPORAL_ADDRESS=host:port',
  'with Docker: docker compose up',
]

/** The `temporal` program, which contains a development server. @throws ServerNotFound with the ways to get it. */
export async function obtainTemporal(report: Report): Promise<string> {
  const inCache = join(cacheDir(), 'bin', 'temporal')
  const found = findProgram('temporal') ?? (canRun(inCache) ? inCache : undefined)
  if (found !== undefined) return found
  return cached(join('bin', 'temporal'), report, async (aside) => {
    const tried: string[] = []
    for (const way of [download, buildWithGo]) {
      try {
        await way(aside, report)
        return
      } catch (error) {
        // the next way may do; if none does, this one is named
        tried.push(messageOf(error))
      }
    }
    throw new ServerNotFound('Temporal', tried, ways)
  })
}

/** By the SDK's own downloader, in a process of its own: it takes over the signals of the one that it runs in. */
const download = (aside: string, report: Report): Promise<void> =>
  inFolder(join(dirname(aside), 'temporal.download'), async (folder) => {
    const script = join(projectDir, 'stack', 'temporal', 'download.ts')
    const output = await longStep({
      what: `downloading Temporal ${version}`,
      command: process.execPath,
      args: ['--import', 'tsx', script, folder, version],
      cwd: projectDir,
      report,
    })
    const file = output.trim().split('\n').at(-1) ?? ''
    if (!existsSync(file)) throw new Error('the download left no file')
    chmodSync(file, 0o755)
    renameSync(file, aside)
  })

const buildWithGo = (aside: string, report: Report): Promise<void> =>
  inFolder(join(dirname(aside), 'temporal.built'), async (folder) => {
    const go = findProgram('go')
    if (go === undefined) throw new Error('Go (go) is not on the PATH')
    await longStep({
      what: `building Temporal ${version} with Go (about 3 minutes, once)`,
      command: go,
      args: ['install', '-trimpath', '-ldflags=-s -w', `github.com/temporalio/cli/cmd/temporal@${version}`],
      env: { ...givenEnvironment(), GOBIN: folder, CGO_ENABLED: '0' },
      report,
    })
    renameSync(join(folder, 'temporal'), aside)
  })

/** Work in a folder that is gone afterwards, whatever came of it. */
async function inFolder(folder: string, work: (folder: string) => Promise<void>): Promise<void> {
  mkdirSync(folder, { recursive: true })
  try {
    await work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
