import type { Log } from '../../platform/log.ts'
import type { Broker } from '../port.ts'
import type { KafkaAccess } from './access.ts'
import { joinAndConsume } from './platformatic-consumer.ts'
import { startProducer } from './platformatic-producer.ts'
import { connectingBy } from './platformatic-settings.ts'

/** The port on @platformatic/kafka. */
export function platformaticBroker(config: KafkaAccess, log: Log, clientId: string): Broker {
  const connecting = connectingBy(config, clientId)
  return {
    producer: () => startProducer(connecting, log),
    consume: (options) => joinAndConsume(connecting, options, log),
  }
}
