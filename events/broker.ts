import type { Config } from '../platform/config.ts'
import type { Log } from '../platform/log.ts'
import type { KafkaAccess } from './clients/access.ts'
import { kafkajsBroker } from './clients/kafkajs-broker.ts'
import type { Broker } from './port.ts'

export type BrokerConfig = KafkaAccess & Pick<Config, 'KAFKA_CLIENT'>

/** The client that the configuration names; groups and topics may be shared with processes that use the other one. */
export function connectBroker(config: BrokerConfig, log: Log, clientId: string): Broker {
  if (config.KAFKA_CLIENT === 'kafkajs') return kafkajsBroker(config, log, clientId)
  // loaded only where it is used: that alone takes two seconds of a core
  const load = async () => (await import('./clients/platformatic.ts')).platformaticBroker(config, log, clientId)
  return {
    producer: async () => (await load()).producer(),
    consume: async (options) => (await load()).consume(options),
  }
}
