import { lookup } from 'node:dns/promises'
import { request as overHttp, type IncomingMessage } from 'node:http'
import { request as overHttps } from 'node:https'
import { hostOf, mayCall, refusalOf, type TargetRules } from './targets.ts'

export type Posted = {
  /** Undefined where there was no answer. */
  readonly status?: number
  /** A short word for what went wrong, never a text of somebody else's: `ECONNREFUSED`, `timeout`, `private_address`. */
  readonly error?: string
  readonly durationMs: number
  /** How the answer's body begins. */
  readonly responseStart?: string
  readonly retryAfter?: string
}

export type Letter = {
  readonly url: string
  readonly body: string
  readonly headers: Readonly<Record<string, string>>
  readonly timeoutMs: number
}

const mostBytes = 1024

/**
 * Sends one POST to an address that somebody else chose. The name is resolved once, every address it has has to be one
 * that may be called, and the connection goes to the first of them: another answer of the name server comes too late.
 * No redirect is followed, no connection is kept, and no more than the start of the answer is read.
 */
export async function post(letter: Letter, rules: TargetRules, resolve: Resolve = askSystem): Promise<Posted> {
  const begun = performance.now()
  const took = (): number => Math.round(performance.now() - begun)
  if (refusalOf(letter.url, rules) !== undefined) return { error: 'target_not_allowed', durationMs: 0 }
  const signal = AbortSignal.timeout(letter.timeoutMs)
  try {
    const address = await callable(hostOf(new URL(letter.url)), { rules, resolve, signal })
    if (address === undefined) return { error: 'private_address', durationMs: took() }
    const answer = await exchange(letter, address, signal)
    return { ...answer, durationMs: took() }
  } catch (error) {
    return { error: signal.aborted ? 'timeout' : codeOf(error), durationMs: took() } // not swallowed: it is the result
  }
}

type Address = { readonly address: string; readonly family: number }
/** All addresses of a name, or the address that it is. */
export type Resolve = (name: string) => Promise<readonly Address[]>
const askSystem: Resolve = (name) => lookup(name, { all: true })

type Search = { readonly rules: TargetRules; readonly resolve: Resolve; readonly signal: AbortSignal }

async function callable(host: string, { rules, resolve, signal }: Search): Promise<Address | undefined> {
  const late = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(new Error('The name was not resolved in time')))
  })
  const found = await Promise.race([resolve(host), late])
  return found.every(({ address }) => mayCall(address, rules)) ? found[0] : undefined
}

type Answer = Pick<Posted, 'status' | 'responseStart' | 'retryAfter'>

function exchange({ url, body, headers }: Letter, to: Address, signal: AbortSignal): Promise<Answer> {
  const send = url.startsWith('https:') ? overHttps : overHttp
  return new Promise((resolved, reject) => {
    const sent = send(
      url,
      {
        method: 'POST',
        headers: { ...headers, 'content-length': Buffer.byteLength(body) },
        agent: false,
        signal,
        lookup: (_name, options, answer) => {
          if (options.all === true) answer(null, [{ address: to.address, family: to.family }])
          else answer(null, to.address, to.family)
        },
      },
      (response) => {
        const { statusCode: status = 0, headers: told } = response
        const retryAfter = told['retry-after']
        sent.off('error', reject).on('error', () => undefined) // from here on the response tells it
        startOf(response).then((responseStart) => {
          resolved({ status, responseStart, ...(retryAfter !== undefined && { retryAfter }) })
          sent.destroy()
        }, reject)
      },
    )
    sent.on('error', reject)
    sent.end(body)
  })
}

/** Of a body of any length, as text whatever it is. */
async function startOf(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let length = 0
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      chunks.push(chunk)
      length += chunk.length
      if (length >= mostBytes) break
    }
  } catch {
    // cut off, or too slow: the status is the answer, and of its body what is there will do
  }
  return Buffer.concat(chunks).subarray(0, mostBytes).toString('utf8')
}

const codeOf = (error: unknown): string => {
  const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : undefined
  return typeof code === 'string' && /^[A-Z0-9_]{1,60}$/.test(code) ? code : 'no_answer'
}
