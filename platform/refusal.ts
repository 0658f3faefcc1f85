/** What a server or our own TLS says when it will not let us in, however often we ask; see Node's tls, mysql2, Kafka. */
const codes: ReadonlySet<string> = new Set([
  'ER_ACCESS_DENIED_ERROR',
  'ER_SECURE_TRANSPORT_REQUIRED',
  'HANDSHAKE_NO_SSL_SUPPORT',
  'HANDSHAKE_SSL_ERROR',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'PLT_KFK_AUTHENTICATION',
])

const messages = [
  /certificate/i, // Node, gRPC, and the native core of Temporal's workers
  /self[- ]signed/i,
  /insecure transport/i,
  /SASL .*authentication failed/i,
  /wrong version number|packet length too long/i, // TLS spoken to who does not speak it
]

/** UNAUTHENTICATED, PERMISSION_DENIED. */
const grpcCodes: ReadonlySet<number> = new Set([7, 16])

/**
 * Why a server lets us not in and will not later: a certificate that is not to be trusted, a password that is wrong.
 * Undefined where waiting may help. Looks through the errors that others are wrapped in.
 */
export function refusalOf(error: unknown, depth = 0): string | undefined {
  if (!(error instanceof Error) || depth > 6) return undefined
  const code: unknown = Reflect.get(error, 'code')
  const refuses =
    (typeof code === 'string' && codes.has(code)) ||
    (typeof code === 'number' && 'details' in error && grpcCodes.has(code)) ||
    messages.some((message) => message.test(error.message))
  const inner: readonly unknown[] = [error.cause, ...listOf(error, 'errors'), Reflect.get(error, 'originalError')]
  for (const each of inner) {
    const reason = refusalOf(each, depth + 1)
    if (reason !== undefined) return reason
  }
  return refuses ? plain(error.message) : undefined
}

/** gRPC tells what happened in the middle of what it tried, OpenSSL over several lines. */
const plain = (message: string): string =>
  message
    .replace(/^.*Last error: (Error: )?/s, '')
    .replace(/(\s*\([\d-]+T[^)]*\))?\. Resolution note: .*$/s, '')
    .replaceAll(/\s+/g, ' ')
    .replace(/\.$/, '')

function listOf(error: Error, name: string): readonly unknown[] {
  const list: unknown = Reflect.get(error, name)
  return Array.isArray(list) ? list : []
}
