import type { RawMessage, ReceivedEvent } from '../../events/envelope.ts'
import { connectBroker } from '../../events/broker.ts'
import { startConsumer } from '../../events/consumer.ts'
import { makeDeadLetters } from '../../events/dead-letters.ts'
import { makeShuffle } from '../../events/shuffle.ts'
import { type Group, groupName, ordersTopic, redriveTopic } from '../../events/topics.ts'
import { type ProcessContext, untilItWorks } from '../process.ts'
import { observed, type Spans } from './observed.ts'

type Service = {
  /** Also the consumer group. */
  readonly name: Group
  readonly accepts: (message: RawMessage) => boolean
  readonly handle: (events: readonly ReceivedEvent[], spans: Spans) => Promise<void>
  readonly onDeadLetter: (message: RawMessage, error: unknown) => Promise<void>
  /** See `ConsumerOptions`. */
  readonly gatherMs?: number
}

/** Starts a service's consumer with its dead-letter topic. @returns what stops both. */
export async function consume({ config, log, giveUp }: ProcessContext, service: Service): Promise<() => Promise<void>> {
  const broker = connectBroker(config, log, service.name)
  const producer = await untilItWorks(log, 'Kafka', broker.producer)
  const consumer = await startConsumer({
    broker,
    topic: ordersTopic(config),
    redriveTopic: redriveTopic(config, service.name),
    group: groupName(config, service.name),
    accepts: service.accepts,
    handle: observed(service.name, ordersTopic(config), service.handle),
    onDeadLetter: service.onDeadLetter,
    deadLetters: makeDeadLetters(producer, config, service.name),
    log,
    ...(service.gatherMs !== undefined && { gatherMs: service.gatherMs }),
    deliver: config.CONSUMER_SHUFFLE_SEED > 0 ? makeShuffle(config.CONSUMER_SHUFFLE_SEED) : undefined,
    onCrash: giveUp,
  })
  return async () => {
    await consumer.stop()
    await producer.disconnect()
  }
}
