import { existsSync } from 'node:fs'
import { wipeDataFolder } from './data-folder.ts'
import { usualDataDir } from './surroundings.ts'
import { runProgram } from './terminal.ts'

/** `npm run reset`: the next start begins with nothing. */
await runProgram(async () => {
  const dataDir = usualDataDir()
  const wasThere = existsSync(dataDir)
  await wipeDataFolder(dataDir, (line) => console.log(line))
  console.log(
    wasThere ? `${dataDir} is deleted; npm start begins anew` : `${dataDir} does not exist: nothing to delete`,
  )
})
