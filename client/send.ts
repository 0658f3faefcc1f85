import { pauseMs, sleep } from './back-off.ts'
import { newKey } from './key.ts'
import { noAnswer, problemOf } from './problem.ts'
import type { Tokens } from './tokens.ts'

export type Fetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>

const most = 5
/** A server that wants more patience is down for longer than a caller wants to hang. */
const longestPauseMs = 30_000

/**
 * A fetch that sends the access token, and once more with a fresh one where it was refused; gives every order an
 * `Idempotency-Key`; and sends again what may be sent twice while the API can't take it.
 * @throws HttpProblem whenever the answer is not the one that was asked for.
 */
export function makeSend(fetch: Fetch, tokens: Tokens): Fetch {
  return (input, init) => {
    const request = new Request(input, init)
    if (isPlacing(request) && !request.headers.has('Idempotency-Key')) {
      request.headers.set('Idempotency-Key', `"${newKey()}"`)
    }
    const isSafe = request.method === 'GET' || request.headers.has('Idempotency-Key')
    return insist(() => authorized(fetch, tokens, request), isSafe ? most : 1, request.signal)
  }
}

const isPlacing = ({ method, url }: Request): boolean =>
  method === 'POST' && new URL(url).pathname.endsWith('/v1/orders')

async function authorized(fetch: Fetch, tokens: Tokens, request: Request): Promise<Response> {
  const token = await tokens()
  const first = await fetch(withToken(request, token))
  if (first.status !== 401) return first
  const fresh = await tokens(token)
  if (fresh === token) return first
  await first.body?.cancel()
  return fetch(withToken(request, fresh))
}

function withToken(request: Request, token: string): Request {
  const copy = request.clone()
  copy.headers.set('Authorization', `Bearer ${token}`)
  return copy
}

/** Asks until there is an answer that asking again would not change, or so many times. */
export async function insist(ask: () => Promise<Response>, times: number, signal: AbortSignal): Promise<Response> {
  for (let tries = 1; ; tries += 1) {
    const response = await ask().catch((error: unknown) => {
      // what was called off is no outage; a sign-in that failed on the way is a problem already
      if (signal.aborted || !(error instanceof TypeError)) throw error
      return undefined
    })
    if (response?.ok === true) return response
    const pause = tries < times ? patience(response, tries) : undefined
    if (pause === undefined) throw response ? await problemOf(response) : noAnswer()
    await response?.body?.cancel()
    await sleep(pause, signal)
    signal.throwIfAborted()
  }
}

/** @returns undefined where asking again makes no sense. */
function patience(response: Response | undefined, tries: number): number | undefined {
  if (response === undefined) return pauseMs(tries)
  if (![429, 502, 503, 504].includes(response.status)) return undefined
  const seconds = Number(response.headers.get('Retry-After') ?? Number.NaN)
  if (Number.isNaN(seconds)) return pauseMs(tries)
  return seconds * 1000 <= longestPauseMs ? seconds * 1000 : undefined
}
