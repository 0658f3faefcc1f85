import type { Log } from '../../platform/log.ts'
import type { BrokerConfig } from '../broker.ts'
import type { Broker } from '../port.ts'
import { joinAndConsume } from './platformatic-consumer.ts'
import { startProducer } from './platformatic-producer.ts'
import type { Connecting } from './platformatic-settings.ts'

/** The port on @platformatic/kafka. */
export function platformaticBroker(config: Pick<BrokerConfig, 'KAFKA_BROKERS'>, log: Log, clientId: string): Broker {
  const connecting: Connecting = { clientId, bootstrapBrokers: config.KAFKA_BROKERS.split(',') }
  return {
    producer: () => startProducer(connecting, log),
    consume: (options) => joinAndConsume(connecting, options, log),
  }
}
