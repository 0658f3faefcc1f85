import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { build } from './build.ts'
import { readStackFile } from './stack-file.ts'
import { givenEnvironment, projectDir, usualDataDir } from './surroundings.ts'
import { runProgram } from './terminal.ts'

/** `npm run admin:create -- --email ... --name ...`: the first member of staff, on the stack that runs. */
await runProgram(async () => {
  const given = givenEnvironment()
  const dataDir = usualDataDir(given)
  const stack = readStackFile(dataDir)
  if (stack === undefined && given['DATABASE_URL'] === undefined) {
    throw new Error(
      'Nothing is running here. First: npm start. Or give the address of the database: DATABASE_URL=mysql://...',
    )
  }
  const entry = join(projectDir, 'dist', 'api', 'create-admin-main.js')
  if (!existsSync(entry)) await build((line) => console.log(line))
  const env = { DATA_DIR: dataDir, ...stack?.env, ...given, NODE_ENV: 'production' }
  // it may ask for a password: the terminal is its own
  const child = spawn(process.execPath, ['--enable-source-maps', entry, ...process.argv.slice(2)], {
    env,
    stdio: 'inherit',
  })
  process.exitCode = await new Promise<number>((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => resolve(code ?? 1))
  })
})
