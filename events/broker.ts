import type { Config } from '../platform/config.ts'
import type { Log } from '../platform/log.ts'
import { kafkajsBroker } from './clients/kafkajs-broker.ts'
import { platformaticBroker } from './clients/platformatic.ts'
import type { Broker } from './port.ts'

export type BrokerConfig = Pick<Config, 'KAFKA_BROKERS' | 'KAFKA_CLIENT'>

/** The client that the configuration names; groups and topics may be shared with processes that use the other one. */
export function connectBroker(config: BrokerConfig, log: Log, clientId: string): Broker {
  return config.KAFKA_CLIENT === 'platformatic'
    ? platformaticBroker(config, log, clientId)
    : kafkajsBroker(config, log, clientId)
}
