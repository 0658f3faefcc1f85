import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { CloudEvent, Kafka as CloudEventsKafka } from 'cloudevents'
import { beforeAll, describe, expect, inject, it } from 'vitest'
import { connectKafka } from '../events/kafka.ts'
import { ordersTopic, stockLevelsTopic } from '../events/topics.ts'
import { readConfig } from '../platform/config.ts'
import { makeLog } from '../platform/log.ts'
import { newProduct, register, send, signInAdmin } from './support/shop.ts'
import { type Copy, readTopic } from './support/topic.ts'

const apiUrl = inject('apiUrl')
const config = readConfig(inject('systemEnv'))
const kafka = connectKafka(config, makeLog({ LOG_LEVEL: 'silent' }, 'test'), 'test')
let messages: readonly Copy[]

beforeAll(async () => {
  const admin = await signInAdmin(apiUrl)
  const customer = await register(apiUrl)
  const sku = await newProduct(admin, 10)
  const wishes = [{ sku }, { sku, paymentMethod: 'pm_card_visa_chargeDeclined' }, { sku, country: 'ZZ' }]
  const placed = await Promise.all(wishes.map((wish) => customer.place(wish)))
  const ends = ['delivered', 'rejected', 'rejected']
  await Promise.all(placed.map(({ body }, at) => customer.until(body.id, ends[at] ?? '')))
  const mine = new Set([...placed.map(({ body }) => body.id), sku])
  const all = [...(await readTopic(kafka, ordersTopic(config))), ...(await readTopic(kafka, stockLevelsTopic(config)))]
  messages = all.filter(({ key }) => mine.has(key?.toString() ?? ''))
})

const textOf = ({ headers }: Copy) =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, value.toString()]))

describe('what is really on the topics', () => {
  it('is valid by the schemas that the API serves where ce_dataschema says', async () => {
    const ajv = new Ajv2020({ strict: true })
    addFormats.default(ajv)
    const headersOf = async (topic: string) =>
      ajv.compile((await send(`${apiUrl}/schemas/headers.${topic}.v1.json`, 'GET')).body)
    const [ofOrders, ofStock] = [await headersOf('orders'), await headersOf('stock-levels')]
    expect(messages.length).toBeGreaterThan(20)
    for (const message of messages) {
      const headers = textOf(message)
      const path = headers['ce_dataschema'] ?? ''
      const validate = ajv.getSchema(path) ?? ajv.compile((await send(`${apiUrl}${path}`, 'GET')).body)
      expect([path, validate(JSON.parse(message.value?.toString() ?? '')), validate.errors]).toEqual([path, true, null])
      const check = headers['ce_source'] === '/stock' ? ofStock : ofOrders
      expect([check(headers), check.errors]).toEqual([true, null])
    }
  })

  it('is understood by the SDK of CloudEvents', () => {
    for (const message of messages) {
      const value = message.value?.toString() ?? ''
      const headers = textOf(message)
      const event = CloudEventsKafka.toEvent<unknown>({ key: message.key, value, body: value, headers } as never)
      if (!(event instanceof CloudEvent)) throw new Error('one message is one event')
      expect([event.id, event.type, event.subject]).toEqual([
        headers['ce_id'],
        headers['ce_type'],
        headers['ce_subject'],
      ])
      expect(event.data).toEqual(JSON.parse(value))
    }
  })
})
