/**
 * What a failed try at a mail means. `refused`: this address or this mail, for good. `later`: this one, for now.
 * `outage`: it is not about this mail at all, and the others would fare no better.
 */
export type SendVerdict = 'refused' | 'later' | 'outage'

/** After these commands a mail server speaks of one mail; before them, of us. */
const ofOneMail = /^(RCPT TO|DATA)/

export function sendVerdict(error: unknown): SendVerdict {
  const { responseCode, command } = told(error)
  if (responseCode === undefined || !ofOneMail.test(command)) return 'outage'
  // 421: the server closes down; 452: it is full
  if (responseCode === 421 || responseCode === 452) return 'outage'
  return responseCode >= 500 ? 'refused' : 'later'
}

/** Without the server's words, which repeat the address: `550 RCPT TO`, `ECONNREFUSED`. */
export function sendCause(error: unknown): string {
  const { responseCode, command, code } = told(error)
  const cause = responseCode === undefined ? code : `${responseCode} ${command}`
  return (
    cause
      .replaceAll(/[^A-Za-z0-9 _]/g, '')
      .trim()
      .slice(0, 64) || 'unknown'
  )
}

function told(error: unknown) {
  const member = (name: string): unknown => (error instanceof Error ? Reflect.get(error, name) : undefined)
  const [responseCode, command, code] = [member('responseCode'), member('command'), member('code')]
  return {
    responseCode: typeof responseCode === 'number' ? responseCode : undefined,
    command: typeof command === 'string' ? command : '',
    code: typeof code === 'string' ? code : '',
  }
}

/** For one mail that is to be tried later: 10 s, 20 s, 40 s and so on, an hour at most. */
export const laterMs = (attempt: number): number => Math.min(3_600_000, 5_000 * 2 ** Math.min(attempt, 12))
/** Two days, roughly; mail servers give up after as long. */
export const mostAttempts = 56

/** For everything, while no mail server takes anything: 0.5 s, 1 s, 2 s and so on, 15 s at most. */
export const outageMs = (failures: number): number => Math.min(15_000, 250 * 2 ** Math.min(failures, 8))
