import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** What is a secret by its looks, whoever made it: ours say what they are, and those of the tests have one form. */
const looks: readonly (readonly [name: string, look: RegExp])[] = [
  ['a token', /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}/],
  ['a password of a test', /\bpass-[0-9a-f]{8}-[0-9a-f]{4}-/],
  ['a password of the demo', /\b(customer|admin|support)-demo-\d/],
  ['the secret of a program', /\bholdfast_[\w-]{43}/],
  ['the secret of a webhook endpoint', /\bwhsec_[\w+/-]{20,}/],
  ['credentials', /\b(Basic|Bearer) +[\w+/.=-]{16,}/],
  ['a password in a URL', /\b(mysql|smtps?|https?):\/\/[^\s/:@"]*:[^\s/@"]+@/],
  // followed by dots where we say what one looks like
  ['a private key', /-----BEGIN [A-Z ]*PRIVATE KEY-----(?! \.\.\.)|"d\\?":\\?"[\w-]{43}/],
  ['the hash of a password', /\$argon2/],
  ['the link of a new password', /#token=[\w-]{20,}/],
  ['a cookie', /__Host-refresh=[\w-]{8,}/],
]

/**
 * Where the logs in a folder, and in those within it, have a secret: one by its looks, or one of those that are given
 * with a name. What is told has nothing of the secret in it.
 */
export function secretsInLogs(folder: string, known: Readonly<Record<string, string>> = {}): readonly string[] {
  const given = Object.entries(known)
  return logsIn(folder).flatMap((file) =>
    readFileSync(join(folder, file), 'utf8')
      .split('\n')
      .flatMap((line, at) => {
        const seen = looks.flatMap(([name, look]) => (look.test(line) ? [name] : []))
        const held = given.flatMap(([name, secret]) => (line.includes(secret) ? [name] : []))
        return [...seen, ...held].map((name) => `${file}:${at + 1} has ${name}`)
      }),
  )
}

export const logsIn = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.log'))
