import type { Config } from './config.ts'
import { tlsOf, type TlsSettings } from './tls.ts'

export type TemporalAccess = Pick<Config, 'TEMPORAL_ADDRESS'> &
  TlsSettings<'TEMPORAL'> &
  Partial<Pick<Config, 'TEMPORAL_API_KEY' | 'TEMPORAL_TLS_SERVER_NAME'>>

/** How Temporal is reached, for clients and for workers: both take the same options. With an API key TLS is on. */
export function temporalAccess(config: TemporalAccess) {
  const { TEMPORAL_ADDRESS: address, TEMPORAL_API_KEY: apiKey = '', TEMPORAL_TLS_SERVER_NAME: serverName = '' } = config
  const tls = tlsOf(config, 'TEMPORAL') ?? (apiKey === '' ? undefined : {})
  if (tls === undefined) return { address }
  const { ca, cert, key } = tls
  return {
    address,
    tls: {
      ...(serverName !== '' && { serverNameOverride: serverName }),
      ...(ca !== undefined && { serverRootCACertificate: Buffer.from(ca) }),
      ...(cert !== undefined &&
        key !== undefined && { clientCertPair: { crt: Buffer.from(cert), key: Buffer.from(key) } }),
    },
    ...(apiKey !== '' && { apiKey }),
  }
}
