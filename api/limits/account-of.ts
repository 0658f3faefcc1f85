import type { Context } from 'hono'
import type { Env } from '../env.ts'
import { normalizedEmail } from '../identity/accounts.ts'

/**
 * Whose account a call without a token is about: `email` of its JSON; or, where a program asks for a token, `client_id`
 * of its form or the user of Basic credentials. @returns undefined where the call does not say.
 */
export async function accountOf(c: Context<Env>, about: 'email' | 'client' = 'email'): Promise<string | undefined> {
  if (about === 'client') return clientOf(c)
  const email = member(await jsonOf(c), 'email')
  return email === undefined ? undefined : normalizedEmail(email)
}

async function clientOf(c: Context<Env>): Promise<string | undefined> {
  const [, credentials] = /^Basic +(\S+)$/i.exec(c.req.header('Authorization') ?? '') ?? []
  if (credentials !== undefined) return Buffer.from(credentials, 'base64').toString().split(':')[0]
  return new URLSearchParams(await c.req.text()).get('client_id') ?? undefined
}

/** What can't be read is refused further on, where all bodies are. */
async function jsonOf(c: Context<Env>): Promise<unknown> {
  const text = await c.req.text()
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function member(of: unknown, name: string): string | undefined {
  const value: unknown = typeof of === 'object' && of !== null ? Reflect.get(of, name) : undefined
  return typeof value === 'string' ? value : undefined
}
