import type { Session, User } from '../http/contract.ts'
import { isProblem, noAnswer, problemOf } from '../http/problem.ts'
import { forgetSignedIn, mayBeSignedIn, rememberSignedIn, tellOtherTabs } from './other-tabs.ts'
import { renewalAnswered, renewalKey } from './renewal-key.ts'

/** `unknown` only until the page knows whether the browser holds a session. */
export type SessionState =
  { readonly kind: 'unknown' } | { readonly kind: 'signedOut' } | { readonly kind: 'signedIn'; readonly user: User }

/** The access token lives here and nowhere else: gone with the page, out of reach of storage and address. */
let token: string | undefined
let state: SessionState = { kind: 'unknown' }
let renewing: Promise<string | undefined> | undefined
let timer: ReturnType<typeof setTimeout> | undefined
const listeners = new Set<() => void>()

export const accessToken = (): string | undefined => token
export const sessionState = (): SessionState => state

export function onSessionChange(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Once, at load. A browser that never signed in is not asked. */
export async function restoreSession(): Promise<void> {
  if (state.kind !== 'unknown') return
  // no answer: the page shows itself signed out for now, and asks again soon
  if (mayBeSignedIn()) await renewSession(undefined).catch(() => undefined)
  if (sessionState().kind === 'unknown') change({ kind: 'signedOut' })
}

export const signIn = (email: string, password: string): Promise<User> => begin('/v1/auth/login', { email, password })

export const register = (name: string, email: string, password: string): Promise<User> =>
  begin('/v1/auth/register', { name, email, password })

/** They changed what the page shows of them. */
export function showUser(user: User): void {
  if (state.kind === 'signedIn') change({ kind: 'signedIn', user })
}

/** The cookie dies at the server; here everything is forgotten even where the server can't be reached. */
export async function signOut(): Promise<void> {
  const gone = send('/v1/auth/logout')
  leave()
  // unreachable: the cookie then ends by its age
  await gone.catch(() => undefined)
}

/** The session is over at the server already: this tab and the others forget it. */
export function leave(): void {
  forget()
  tellOtherTabs()
}

/** Another tab signed out, and the cookie with it. */
export function forget(): void {
  token = undefined
  clearTimeout(timer)
  forgetSignedIn()
  change({ kind: 'signedOut' })
}

/**
 * A fresh access token by the refresh cookie. A refresh token used twice ends its whole family, so there is one renewal
 * at a time, among all tabs of the browser; a page that is left before the answer asks again with the same key.
 * @param spent the token that was refused; where it was replaced meanwhile, there is nothing to do.
 */
export function renewSession(spent: string | undefined): Promise<string | undefined> {
  if (token !== undefined && token !== spent) return Promise.resolve(token)
  renewing ??= exclusively(renew)
    .then(() => token)
    .catch((error: unknown) => {
      if (isProblem(error) && (error.status === 401 || error.status === 403)) forget()
      else {
        if (mayBeSignedIn()) renewLater(5)
        if (state.kind !== 'signedIn') throw error
      }
      return undefined
    })
    .finally(() => (renewing = undefined))
  return renewing
}

async function renew(): Promise<User> {
  const session = await post('/v1/auth/refresh', undefined, { 'Idempotency-Key': renewalKey() })
  renewalAnswered()
  return accept(session)
}

async function begin(path: string, body: unknown): Promise<User> {
  const session = await post(path, body)
  return accept(session)
}

function accept({ user, accessToken: fresh, expiresIn }: Session): User {
  token = fresh
  rememberSignedIn()
  renewLater(Math.max(10, expiresIn - 60))
  change({ kind: 'signedIn', user })
  return user
}

function renewLater(seconds: number): void {
  clearTimeout(timer)
  // a failed renewal has planned its next try; a refused one has signed out
  timer = setTimeout(() => void renewSession(token).catch(() => undefined), seconds * 1000)
}

function change(next: SessionState): void {
  state = next
  for (const listener of listeners) listener()
}

async function post(path: string, body?: unknown, headers?: Record<string, string>): Promise<Session> {
  return (await send(path, body, headers)).json()
}

async function send(path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Response> {
  const response = await fetch(path, {
    method: 'POST',
    headers: body === undefined ? headers : { ...headers, 'Content-Type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  }).catch(() => {
    throw noAnswer()
  })
  if (!response.ok) throw await problemOf(response)
  return response
}

async function exclusively(work: () => Promise<User>): Promise<User> {
  if (!('locks' in navigator)) return work()
  const user = await navigator.locks.request('holdfast-refresh', work)
  return user
}
