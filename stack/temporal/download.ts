import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { Runtime } from '@temporalio/worker'

/**
 * Run as `download.ts FOLDER VERSION`: fetches the Temporal CLI with the SDK's own downloader and prints the file. The
 * downloader has no other use than to start a server from what it fetched, so a short-lived one is started and ended.
 */
const [folder = '', version = ''] = process.argv.slice(2)
const runtime = Runtime.instance()
const server = await runtime.createEphemeralServer({
  type: 'dev-server',
  exe: {
    type: 'cached-download',
    downloadDir: folder,
    version,
    ttl: 0,
    sdkName: 'sdk-typescript',
    sdkVersion: '1.24.0',
  },
  namespace: 'default',
  ip: '127.0.0.1',
  port: null,
  uiPort: null,
  dbFilename: null,
  ui: false,
  log: { format: 'pretty', level: 'error' },
  extraArgs: [],
})
await runtime.shutdownEphemeralServer(server)
await runtime.shutdown()
const file = readdirSync(folder).find((name) => name.startsWith('temporal'))
if (file === undefined) throw new Error('the downloader left no file')
console.log(join(folder, file))
