import { readConfig } from '../platform/config.ts'
import { makeLog } from '../platform/log.ts'
import { backUp } from './backing-up/backup.ts'
import { folderArgument } from './backing-up/folder-argument.ts'
import { readStackFile } from './stack-file.ts'
import { givenEnvironment, usualDataDir } from './surroundings.ts'
import { runProgram } from './terminal.ts'

/** `npm run backup -- FOLDER`: of the stack that runs here, or of the servers that the environment names. */
await runProgram(async () => {
  const folder = folderArgument('backup')
  const given = givenEnvironment()
  const stack = readStackFile(usualDataDir(given))
  if (stack === undefined && given['DATABASE_URL'] === undefined)
    throw new Error(
      'Nothing is running here. First: npm start. Or name the servers: DATABASE_URL=..., KAFKA_BROKERS=...',
    )
  const config = readConfig({ ...stack?.env, ...given })
  await backUp({ config, log: makeLog({ LOG_LEVEL: 'error' }, 'backup'), report: (line) => console.log(line) }, folder)
  process.exit(0)
})
