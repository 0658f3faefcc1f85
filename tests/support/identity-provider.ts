import { createServer } from 'node:http'
import { generateKeyPair, exportJWK } from 'jose'
import { Provider } from 'oidc-provider'

export type IdentityProvider = {
  readonly issuer: string
  /** An access token for a client, whose claims are the ones it was made with. */
  readonly token: (client: string, audience?: string) => Promise<string>
  readonly stop: () => Promise<void>
}

type Options = {
  /** 0: a free one. */
  readonly port?: number
  /** Claims in the tokens of each client. */
  readonly clients: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  readonly alg?: 'ES256' | 'RS256'
  readonly lifeSeconds?: number
}

const secret = 'a-secret-that-is-long-enough-for-anybody'

/** A real OpenID Connect provider on this machine, with new keys each time it is started. */
export async function startIdentityProvider(options: Options): Promise<IdentityProvider> {
  const { alg = 'ES256', lifeSeconds = 600, clients } = options
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  const issuer = `http://127.0.0.1:${address.port}`
  const { privateKey } = await generateKeyPair(alg, { extractable: true })
  const key = { ...(await exportJWK(privateKey)), alg, use: 'sig', kid: `key-${Date.now()}-${Math.random()}` }
  const provider = new Provider(issuer, {
    jwks: { keys: [key] },
    clientDefaults: { id_token_signed_response_alg: alg },
    clients: Object.keys(clients).map((client_id) => ({
      client_id,
      client_secret: secret,
      grant_types: ['client_credentials'],
      redirect_uris: [],
      response_types: [],
    })),
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => 'urn:holdfast-api',
        getResourceServerInfo: (_ctx, resource) => ({
          scope: '',
          audience: resource.slice('urn:'.length),
          accessTokenTTL: lifeSeconds,
          accessTokenFormat: 'jwt',
          jwt: { sign: { alg } },
        }),
      },
    },
    extraTokenClaims: (_ctx, token) => clients[token.clientId ?? ''],
  })
  const answer = provider.callback()
  server.on('request', (request, response) => {
    // the next provider on this port has other connections
    response.setHeader('Connection', 'close')
    void answer(request, response)
  })
  return {
    issuer,
    token: async (client, audience = 'holdfast-api') => {
      const response = await fetch(`${issuer}/token`, {
        method: 'POST',
        body: new URLSearchParams({
          grant_type: 'client_credentials',
          resource: `urn:${audience}`,
          client_id: client,
          client_secret: secret,
        }),
      })
      const given = (await response.json()) as { readonly access_token?: string }
      if (given.access_token === undefined) throw new Error(`no token: ${JSON.stringify(given)}`)
      return given.access_token
    },
    stop: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
