import { spawn } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { givenEnvironment } from '../surroundings.ts'

/**
 * Looks every 2 s; asks the noted process groups to end, and makes them after 10 s. Does nothing once another run has
 * taken the folder over: what is noted there then is that one's.
 */
const script = `
mine() { [ "$(cat "$1/watched-for" 2>/dev/null)" = "$0" ]; }
signal() { for file in "$2"/*.pid; do [ -f "$file" ] && kill -s "$1" -- "-$(head -n 1 "$file")"; done; }
while kill -0 "$0" 2>/dev/null; do sleep 2; done
mine "$1" || exit 0
signal TERM "$1"; signal CONT "$1"
sleep 10
mine "$1" && signal KILL "$1"
`

/**
 * Ends the processes that are noted in a folder (`*.pid`) when this process is gone without having ended them: killed,
 * or crashed. A shell, as it has to outlive us and should cost nothing.
 * @returns what calls the watch off.
 */
export function startWatchdog(pidFolder: string): () => void {
  mkdirSync(pidFolder, { recursive: true })
  writeFileSync(join(pidFolder, 'watched-for'), `${process.pid}\n`)
  const child = spawn('sh', ['-c', script, String(process.pid), pidFolder], {
    detached: true,
    stdio: 'ignore',
    env: givenEnvironment(),
  })
  child.unref()
  // without a shell there is no watch: the next start on the same folder still ends what is left
  child.once('error', () => undefined)
  return () => void child.kill('SIGKILL')
}
