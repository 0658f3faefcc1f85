import { connectKafka, makeProducer } from '../../events/kafka.ts'
import { ordersTopic } from '../../events/topics.ts'
import type { Config } from '../../platform/config.ts'
import { makeLog } from '../../platform/log.ts'

/** An event of the order that only the projection reads, and can't: as if somebody else had written to the topic. */
export async function emitUnreadable(
  config: Config,
  id: string,
  sequence: number,
  value: string | Buffer,
): Promise<void> {
  const headers = {
    ce_specversion: '1.0',
    ce_id: `${id}:${sequence}`,
    ce_type: 'order.deadline_changed',
    ce_source: '/orders',
    ce_subject: id,
    ce_time: new Date().toISOString(),
    ce_sequence: String(sequence),
    ce_dataschema: '/schemas/order.deadline_changed.v1.json',
    'content-type': 'application/json',
  }
  const producer = makeProducer(connectKafka(config, makeLog({ LOG_LEVEL: 'silent' }, 'test'), 'test'))
  await producer.connect()
  try {
    await producer.send({ topic: ordersTopic(config), messages: [{ key: id, value, headers }] })
  } finally {
    await producer.disconnect()
  }
}
