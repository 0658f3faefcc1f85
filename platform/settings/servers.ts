import { z } from 'zod'
import { readPayloadKeys } from '../payload-keys.ts'
import { certificate, count, flag, privateKey, text } from './kinds.ts'

export const temporal = {
  TEMPORAL_ADDRESS: text('127.0.0.1:7233').meta({
    description: "`host:port` of Temporal's frontend.",
    example: 'orders.a1b2c.tmprl.cloud:7233',
  }),
  TEMPORAL_NAMESPACE: text('default').meta({ description: 'Namespace of the orders.', example: 'orders.a1b2c' }),
  TEMPORAL_API_KEY: text().meta({
    description: 'API key of Temporal Cloud; with one, TLS is on.',
    example: 'eyJhbGciOi...',
    secret: true,
  }),
  TEMPORAL_TLS: flag(false).meta({
    description: "TLS, verified by the machine's CAs; on by itself with an API key, a CA or a certificate.",
  }),
  TEMPORAL_TLS_CA: certificate().meta({
    description: 'CA (PEM) that has signed the certificate of Temporal’s frontend.',
    byFile: true,
  }),
  TEMPORAL_TLS_CERT: certificate().meta({
    description: 'Our certificate (PEM), where Temporal wants one (mTLS); with TEMPORAL_TLS_KEY.',
    byFile: true,
  }),
  TEMPORAL_TLS_KEY: privateKey().meta({ description: 'The key of TEMPORAL_TLS_CERT (PEM).', secret: true }),
  TEMPORAL_TLS_SERVER_NAME: text().meta({
    description: 'The name in its certificate, where that is not the host of TEMPORAL_ADDRESS.',
    example: 'temporal.internal',
  }),
  TASK_QUEUE: z
    .string()
    .min(1)
    .default('orders')
    .meta({ description: 'Where the API leaves work for the workflow workers.' }),
  WORKER_DEPLOYMENT: text().meta({
    description:
      'Name of Temporal’s worker deployment, where workers are versioned: then orders stay with the build they began on.',
    example: 'holdfast',
  }),
  WORKER_BUILD_ID: text().meta({
    description: 'Which build of it this process runs; needed with WORKER_DEPLOYMENT.',
    example: '2026-11-23.1',
  }),
  TEMPORAL_UI_URL: z.url().default('http://127.0.0.1:8233').meta({
    description: 'Where a browser finds the Temporal Web UI; staff links point there.',
  }),
  PAYLOAD_KEYS: text()
    .transform((keys, context) => {
      const read = readPayloadKeys(keys)
      if (read.kind === 'keys') return read.keys
      for (const message of read.errors) context.addIssue(message)
      return z.NEVER
    })
    .meta({
      description:
        'What Temporal stores is encrypted with the first and read with all; none: plain. See [operations](operations.md#encrypting-what-temporal-stores).',
      example: 'k1:BASE64[,k2:BASE64...]',
      secret: true,
    }),
}

export const kafka = {
  KAFKA_BROKERS: text('127.0.0.1:9092').meta({
    description: 'Comma-separated `host:port` list.',
    example: 'kafka-0.internal:9093,kafka-1.internal:9093',
  }),
  KAFKA_CLIENT: z.enum(['kafkajs', 'platformatic']).default('kafkajs').meta({
    description:
      'Which library publishes and consumes ([0021](decisions/0021-one-port-for-kafka.md)). They share groups, so it may be changed one process after the other.',
  }),
  KAFKA_TLS: flag(false).meta({
    description: "TLS, verified by the machine's CAs; on by itself with a CA or a certificate.",
  }),
  KAFKA_TLS_CA: certificate().meta({
    description: 'CA (PEM) that has signed the brokers’ certificates.',
    byFile: true,
  }),
  KAFKA_TLS_CERT: certificate().meta({
    description: 'Our certificate (PEM), where the brokers want one (mTLS); with KAFKA_TLS_KEY.',
    byFile: true,
  }),
  KAFKA_TLS_KEY: privateKey().meta({ description: 'The key of KAFKA_TLS_CERT (PEM).', secret: true }),
  KAFKA_SASL_MECHANISM: z.enum(['none', 'plain', 'scram-sha-256', 'scram-sha-512']).default('none').meta({
    description: 'How we sign in; `plain` with TLS only.',
    example: 'scram-sha-512',
  }),
  KAFKA_SASL_USERNAME: text().meta({ description: 'Who we are.', example: 'holdfast' }),
  KAFKA_SASL_PASSWORD: text().meta({ description: 'The password to it.', example: 'a-long-password', secret: true }),
  KAFKA_PARTITIONS: count(6, 1).meta({
    description:
      'Partitions of the `orders` topic, fixed when it is created: a change would separate a do from its undo.',
  }),
  KAFKA_REPLICATION: count(1, 1).meta({
    description: 'Copies of each topic; 3 in a cluster: `min.insync.replicas` is 2 then.',
  }),
  INBOX_KEPT_MINUTES: count(30 * 24 * 60, 1).meta({
    description:
      'For so long stock, payment and shipping remember which events they have taken in, and which webhooks of providers and carriers; an older event that comes again is known by its answer.',
  }),
  KAFKA_PREFIX: z
    .string()
    .regex(/^[a-z0-9_.-]{0,32}$/, 'has to be up to 32 of a-z, 0-9, _ . and -')
    .default('')
    .meta({
      description: 'Put before topics and consumer groups, so that several systems can share a cluster.',
      example: 'shop.',
    }),
}

export const database = {
  DATABASE_URL: z
    .string()
    .startsWith('mysql://')
    .refine(
      (url) => !url.startsWith('mysql://') || URL.canParse(url),
      'has to be like mysql://user:password@host:3306; what is special in a password is percent-encoded',
    )
    .default('mysql://root@127.0.0.1:3306')
    .meta({
      description: 'MySQL or MariaDB, without a database: each service has its own.',
      example: 'mysql://holdfast:PASSWORD@mysql.internal:3306',
      secret: true,
    }),
  DATABASE_TLS: flag(false).meta({
    description:
      "TLS, the server's certificate and name verified by the machine's CAs; on by itself with a CA or a certificate. The server has to be named by name, not by number.",
  }),
  DATABASE_TLS_CA: certificate().meta({
    description: 'CA (PEM) that has signed the server’s certificate.',
    byFile: true,
  }),
  DATABASE_TLS_CERT: certificate().meta({
    description: 'Our certificate (PEM), where the server wants one (mTLS); with DATABASE_TLS_KEY.',
    byFile: true,
  }),
  DATABASE_TLS_KEY: privateKey().meta({ description: 'The key of DATABASE_TLS_CERT (PEM).', secret: true }),
  DATABASE_PREFIX: z
    .string()
    .regex(/^[a-z0-9_]{0,32}$/, 'has to be up to 32 of a-z, 0-9 and _')
    .default('')
    .meta({
      description: 'Put before each service’s database name, so that several systems can share a server.',
      example: 'shop_',
    }),
}
