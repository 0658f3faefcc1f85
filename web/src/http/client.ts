import { accessToken, renewSession } from '../auth/session.ts'
import { noAnswer, problemOf } from './problem.ts'

export type Call = {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  readonly signal?: AbortSignal | undefined
}

/** @throws HttpProblem whenever the answer is not the one that was asked for. */
export async function call<Answer>(path: string, options: Call = {}): Promise<Answer> {
  const response = await authorized(path, options)
  if (!response.ok) throw await problemOf(response)
  const text = await response.text()
  // eslint-disable-next-line typescript/no-unsafe-type-assertion -- the API's contract is the type's proof
  return (text === '' ? undefined : JSON.parse(text)) as Answer
}

/** Sent with the access token, and once more with a fresh one where the API no longer takes it. */
export async function authorized(path: string, options: Call = {}): Promise<Response> {
  const token = accessToken()
  const first = await send(path, options, token)
  if (first.status !== 401 || token === undefined) return first
  const renewed = await renewSession(token)
  return renewed === undefined ? first : send(path, options, renewed)
}

async function send(path: string, { method = 'GET', body, headers, signal }: Call, token: string | undefined) {
  try {
    return await fetch(path, {
      method,
      headers: {
        Accept: 'application/json',
        ...(token !== undefined && { Authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ...(signal && { signal }),
    })
  } catch (error) {
    if (signal?.aborted === true) throw error
    throw noAnswer()
  }
}

/** `?a=1&b=2`, without what is undefined. */
export function query(parameters: Readonly<Record<string, string | number | boolean | undefined>>): string {
  const given = Object.entries(parameters).flatMap(([name, value]) => (value === undefined ? [] : [[name, `${value}`]]))
  return given.length === 0 ? '' : `?${new URLSearchParams(given)}`
}
