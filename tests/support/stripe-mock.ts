import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { choosePorts } from '../../stack/running/ports.ts'
import { obtainGoProgram } from './go-program.ts'

/** Stripe's own mock, which checks every request against their OpenAPI document. */
const module = 'github.com/stripe/stripe-mock@v0.203.0'

export async function startStripeMock() {
  const program = await obtainGoProgram('stripe-mock', module)
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
