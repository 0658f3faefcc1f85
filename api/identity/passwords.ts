import { hash, verify } from '@node-rs/argon2'
import { makeLimiter } from './limiter.ts'

/** OWASP's minimum for Argon2id (the library's default variant): 19 MiB, two passes. */
const parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

const limited = makeLimiter(2, 64)

/** The same characters typed on another keyboard are the same password. */
const normalized = (password: string): string => password.normalize('NFKC')

export const hashPassword = (password: string): Promise<string> => limited(() => hash(normalized(password), parameters))

let decoy: Promise<string> | undefined

/**
 * Without a stored hash (an unknown account) the same work is done for nothing, so that the time it takes doesn't
 * tell which email addresses have an account.
 */
export async function verifyPassword(stored: string | undefined, password: string): Promise<boolean> {
  decoy ??= hash('nobody has this one', parameters)
  const against = stored ?? (await decoy)
  const matches = await limited(() => verify(against, normalized(password)))
  return matches && stored !== undefined
}
