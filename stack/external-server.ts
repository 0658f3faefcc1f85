import type { Server, ServerOptions } from './server.ts'
import { answers } from './running/ports.ts'
import { waitUntilHealthy } from './running/wait.ts'
import type { ServerName } from './server-plan.ts'

/** The first address of `host:port,host:port` or of a URL. */
export function firstAddress(given: string, usualPort: number): { readonly host: string; readonly port: number } {
  const first = given.split(',')[0] ?? given
  const url = new URL(first.includes('://') ? first : `tcp://${first}`)
  return { host: url.hostname.replaceAll(/^\[|\]$/g, ''), port: url.port === '' ? usualPort : Number(url.port) }
}

/**
 * A server that somebody else runs and whose address was given. It is only looked at, and by a bare connection: what
 * protocol it speaks on top (TLS, credentials) is between it and our processes.
 */
export function externalServer(
  name: ServerName,
  given: { readonly variable: string; readonly value: string; readonly usualPort: number },
  options: Pick<ServerOptions, 'report' | 'signal'>,
): Server {
  const { host, port } = firstAddress(given.value, given.usualPort)
  const address = `${host}:${port}`
  return {
    name,
    address,
    pid: () => undefined,
    start: async () => {
      await waitUntilHealthy({
        what: `The ${name} server that ${given.variable} names, ${address},`,
        timeoutMs: 60_000,
        signal: options.signal,
        check: async () => {
          if (!(await answers(host, port))) throw new Error('nothing accepts connections there')
        },
      })
      options.report(`using the server at ${address} (${given.variable})`)
    },
    stop: () => Promise.resolve(),
    kill: () => {
      throw new Error(`${name} at ${address} is not ours to signal: its address was given by ${given.variable}`)
    },
  }
}
