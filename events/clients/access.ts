import type { Config } from '../../platform/config.ts'
import { type Tls, tlsOf, type TlsSettings } from '../../platform/tls.ts'

/** How a cluster is reached; what is left out is not set: no TLS, nobody signs in. */
export type KafkaAccess = Pick<Config, 'KAFKA_BROKERS'> &
  TlsSettings<'KAFKA'> &
  Partial<Pick<Config, 'KAFKA_SASL_MECHANISM' | 'KAFKA_SASL_USERNAME' | 'KAFKA_SASL_PASSWORD'>>

export type Access = {
  readonly brokers: string[]
  readonly tls?: Tls
  readonly sasl?: {
    readonly mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512'
    readonly username: string
    readonly password: string
  }
}

/** The same for both clients. */
export function kafkaAccess(config: KafkaAccess): Access {
  const { KAFKA_SASL_MECHANISM: mechanism = 'none', KAFKA_SASL_USERNAME = '', KAFKA_SASL_PASSWORD = '' } = config
  const tls = tlsOf(config, 'KAFKA')
  return {
    brokers: config.KAFKA_BROKERS.split(',').map((broker) => broker.trim()),
    ...(tls !== undefined && { tls }),
    ...(mechanism !== 'none' && {
      sasl: { mechanism, username: KAFKA_SASL_USERNAME, password: KAFKA_SASL_PASSWORD },
    }),
  }
}
