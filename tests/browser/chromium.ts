import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-sync',
  '--disable-background-networking',
  '--disable-component-update',
  '--no-first-run',
]

const executable = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) =>
  existsSync(path),
)
/** Browser tests need a browser on the machine; without one, and without `CHROMIUM` in sight, they are skipped. */
export const hasBrowser = executable !== undefined

export async function launch(): Promise<Browser> {
  if (executable === undefined) throw new Error('no Chromium here: apt-get install chromium')
  return chromium.launch({ executablePath: executable, args })
}
