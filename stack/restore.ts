import { readConfig } from '../platform/config.ts'
import { makeLog } from '../platform/log.ts'
import { restore } from './backing-up/backup.ts'
import { folderArgument } from './backing-up/folder-argument.ts'
import { startServers } from './servers.ts'
import { givenEnvironment, usualDataDir } from './surroundings.ts'
import { runProgram } from './terminal.ts'

/** `npm run restore -- FOLDER`: into the data folder of `npm start`, which must not run, or the servers that are named. */
await runProgram(async () => {
  const folder = folderArgument('restore')
  const report = (line: string) => console.log(line)
  const servers = await startServers({ dataDir: usualDataDir(), ports: 'free', report })
  try {
    const config = readConfig({ ...givenEnvironment(), ...servers.env })
    await restore({ config, log: makeLog({ LOG_LEVEL: 'error' }, 'restore'), report }, folder)
  } finally {
    await servers.stop()
  }
  process.exit(0)
})
