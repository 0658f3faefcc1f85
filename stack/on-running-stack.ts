import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { build } from './build.ts'
import { readStackFile } from './stack-file.ts'
import { givenSettings, projectDir, usualDataDir } from './surroundings.ts'
import { runProgram } from './terminal.ts'

/**
 * Runs a program of `dist` to its end with this command's arguments, on the stack that runs here or on the database that
 * the environment names. The terminal is its own: it may ask for something.
 */
export const onRunningStack = (program: string): Promise<void> =>
  runProgram(async () => {
    const given = givenSettings()
    const dataDir = usualDataDir(given)
    const stack = readStackFile(dataDir)
    if (stack === undefined && given['DATABASE_URL'] === undefined) {
      throw new Error(
        'Nothing is running here. First: npm start. Or give the address of the database: DATABASE_URL=mysql://...',
      )
    }
    const entry = join(projectDir, 'dist', program)
    if (!existsSync(entry)) await build((line) => console.log(line))
    const env = { DATA_DIR: dataDir, ...stack?.env, ...given, NODE_ENV: 'production' }
    const child = spawn(process.execPath, ['--enable-source-maps', entry, ...process.argv.slice(2)], {
      env,
      stdio: 'inherit',
    })
    process.exitCode = await new Promise<number>((resolve, reject) => {
      child.once('error', reject)
      child.once('exit', (code) => resolve(code ?? 1))
    })
  })
