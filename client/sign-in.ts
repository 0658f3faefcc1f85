import { type Fetch, insist } from './send.ts'
import type { Grant } from './tokens.ts'

/** Of a person, or of a program that has a service account. */
export type Credentials =
  { readonly email: string; readonly password: string } | { readonly clientId: string; readonly clientSecret: string }

const tries = 3

/** Signing in twice does no harm, so it is sent again where the answer was lost. */
export async function signIn(credentials: Credentials, baseUrl: string, fetch: Fetch): Promise<Grant> {
  const [path, init] = 'email' in credentials ? personal(credentials) : ofProgram(credentials)
  const never = new AbortController().signal
  const response = await insist(() => fetch(new URL(path, baseUrl), { method: 'POST', ...init }), tries, never)
  const answer = (await response.json()) as Readonly<Record<string, unknown>>
  return {
    accessToken: String(answer['accessToken'] ?? answer['access_token']),
    expiresIn: Number(answer['expiresIn'] ?? answer['expires_in']),
  }
}

const personal = ({ email, password }: { readonly email: string; readonly password: string }) =>
  [
    '/v1/auth/login',
    { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ email, password }) },
  ] as const

/** The client credentials grant of RFC 6749, section 4.4. */
const ofProgram = ({ clientId, clientSecret }: { readonly clientId: string; readonly clientSecret: string }) =>
  [
    '/v1/auth/token',
    {
      headers: {
        Authorization: `Basic ${btoa(`${encodeURIComponent(clientId)}:${encodeURIComponent(clientSecret)}`)}`,
      },
      body: new URLSearchParams({ grant_type: 'client_credentials' }),
    },
  ] as const
