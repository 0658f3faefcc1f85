/** kafkajs, for what looks after topics and groups, and for readers that keep their own place; the rest uses `port.ts`. */
export type { KafkaAccess } from './clients/access.ts'
export { connectKafka, makeProducer, withAdmin } from './clients/kafkajs.ts'
export type { Admin, Kafka, Producer } from 'kafkajs'
