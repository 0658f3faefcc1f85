import { hc } from 'hono/client'
import type { App } from '../api/app.ts'
import { makeOrders } from './orders.ts'
import { type Fetch, makeSend } from './send.ts'
import { type Credentials, signIn } from './sign-in.ts'
import { makeTokens, type Tokens } from './tokens.ts'

export type Options = {
  /** Where the API is, without a path: `https://shop.example`. */
  readonly baseUrl: string
  readonly fetch?: Fetch
} & ({ readonly token: string } | { readonly credentials: Credentials })

/** Every call of the API by its path, with its types: `api.v1.orders.$get({ query: {} })`. */
export type Api = ReturnType<typeof hc<App>>
export type Client = ReturnType<typeof makeClient>

/**
 * Talks to the API as one person or one program. Whatever is answered instead of what was asked is thrown as
 * `HttpProblem`. What may be sent twice is sent again while the API is away or busy.
 */
export function makeClient(options: Options) {
  const { baseUrl, fetch = globalThis.fetch } = options
  const api = hc<App>(baseUrl, { fetch: makeSend(fetch, tokensOf(options, fetch)) })
  return { api, ...makeOrders(api) }
}

function tokensOf(options: Options, fetch: Fetch): Tokens {
  if ('token' in options) return () => Promise.resolve(options.token)
  return makeTokens(() => signIn(options.credentials, options.baseUrl, fetch))
}
