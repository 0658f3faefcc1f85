import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { cached } from '../../stack/obtaining/cached.ts'
import { findProgram, ServerNotFound } from '../../stack/obtaining/find.ts'
import { longStep } from '../../stack/obtaining/long-step.ts'
import { choosePorts } from '../../stack/running/ports.ts'
import { givenEnvironment, messageOf } from '../../stack/surroundings.ts'

const module = 'github.com/stripe/stripe-mock@v0.203.0'
const report = (line: string) => process.stdout.write(`${line}\n`)

/** Stripe's own mock, which checks every request against their OpenAPI document. @throws ServerNotFound */
async function obtainStripeMock(): Promise<string> {
  const found = findProgram('stripe-mock')
  if (found !== undefined) return found
  const go = findProgram('go')
  const ways = [`put stripe-mock on the PATH: go install ${module}`]
  return cached(join('bin', 'stripe-mock'), report, async (aside) => {
    if (go === undefined) throw new ServerNotFound('stripe-mock', ['Go (go) is not on the PATH'], ways)
    const folder = join(dirname(aside), 'stripe-mock.built')
    mkdirSync(folder, { recursive: true })
    try {
      const env = { ...givenEnvironment(), GOBIN: folder, CGO_ENABLED: '0' }
      await longStep({ what: `building ${module} with Go, once`, command: go, args: ['install', module], env, report })
      renameSync(join(folder, 'stripe-mock'), aside)
    } catch (error) {
      throw new ServerNotFound('stripe-mock', [messageOf(error)], ways)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
}

export async function startStripeMock() {
  const program = await obtainStripeMock()
  const [port = 0] = await choosePorts([undefined])
  const child = spawn(program, ['-http-port', String(port)], { stdio: 'ignore' })
  const url = `http://127.0.0.1:${port}`
  await untilAnswers(url)
  return {
    url,
    async stop() {
      child.kill()
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
    },
  }
}

async function untilAnswers(url: string): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    try {
      await fetch(url)
      return
    } catch (error) {
      if (tries > 100) throw error
      await pause(100)
    }
  }
}
