import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createSecureServer, type IncomingHttpHeaders } from 'node:http2'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { connectBroker } from '../events/broker.ts'
import { readConfig } from '../platform/config.ts'
import { makeLog } from '../platform/log.ts'
import { openTemporal } from '../platform/temporal-client.ts'
import { roles } from '../stack/processes.ts'
import { type Authority, makeAuthority } from './support/certificates.ts'
import { startOwnSystem } from './support/own-system.ts'
import { startSecureDatabase, startSecureKafka, startTlsBefore } from './support/secure-servers.ts'
import { newProduct, register, signInAdmin } from './support/shop.ts'
import { runVerify } from './support/verify.ts'

type Env = Readonly<Record<string, string>>

const folder = mkdtempSync(join(tmpdir(), 'holdfast-secure-'))
const password = 'hush-hush-1'
const stops: (() => Promise<void>)[] = []

function fileWith(name: string, content: string): string {
  writeFileSync(join(folder, name), `${content}\n`)
  return join(folder, name)
}

let authority: Authority
let wrongCa: string
let env: Env
beforeAll(async () => {
  authority = makeAuthority(folder, 'ours')
  wrongCa = makeAuthority(folder, 'theirs').caFile
  const { caFile, issue } = authority
  const [server, client] = [issue('server'), issue('holdfast')]
  const database = await startSecureDatabase(join(folder, 'd'), server, caFile, `holdfast:${password}`)
  stops.push(database.stop)
  const kafka = await startSecureKafka(join(folder, 'k'), server, 'holdfast', password)
  stops.push(kafka.stop)
  const temporal = await startTlsBefore(inject('serverEnv')['TEMPORAL_ADDRESS'] ?? '', server, caFile)
  stops.push(() => temporal.stop())
  env = {
    // an empty value is "not set", so that the file counts
    DATABASE_URL: '',
    DATABASE_URL_FILE: fileWith('database-url', `mysql://holdfast:${password}@${database.address}`),
    DATABASE_TLS_CA_FILE: caFile,
    KAFKA_BROKERS: kafka.broker,
    KAFKA_TLS_CA_FILE: caFile,
    KAFKA_SASL_MECHANISM: 'scram-sha-512',
    KAFKA_SASL_USERNAME: 'holdfast',
    KAFKA_SASL_PASSWORD_FILE: fileWith('kafka-password', password),
    TEMPORAL_ADDRESS: temporal.address,
    TEMPORAL_TLS_CA_FILE: caFile,
    TEMPORAL_TLS_CERT_FILE: client.certFile,
    TEMPORAL_TLS_KEY_FILE: client.keyFile,
  }
})
afterAll(async () => {
  for (const stop of stops.toReversed()) await stop()
  rmSync(folder, { recursive: true, force: true })
})

describe('servers that let in only who is known, by TLS alone', () => {
  it.each([
    ['kafkajs', 'scram-sha-512'],
    ['platformatic', 'plain'],
  ])('an order is delivered, its events carried by %s with %s', async (KAFKA_CLIENT, KAFKA_SASL_MECHANISM) => {
    const system = await startOwnSystem({ ...env, KAFKA_CLIENT, KAFKA_SASL_MECHANISM }, roles)
    try {
      const customer = await register(system.apiUrl)
      const sku = await newProduct(await signInAdmin(system.apiUrl), 5)
      const { body } = await customer.place({ sku })
      await customer.until(body.id, 'delivered')
      const checked = await runVerify({ ...process.env, ...system.env })
      expect(checked.stderr).toBe('')
      expect(checked.code).toBe(0)
    } finally {
      await system.stop()
    }
  })

  it.each(
    (['kafkajs', 'platformatic'] as const).flatMap((client) =>
      (['plain', 'scram-sha-256', 'scram-sha-512'] as const).map((mechanism) => [client, mechanism] as const),
    ),
  )('%s signs in with %s', async (KAFKA_CLIENT, KAFKA_SASL_MECHANISM) => {
    const config = readConfig({ ...env, KAFKA_CLIENT, KAFKA_SASL_MECHANISM })
    const producer = await connectBroker(config, makeLog({ LOG_LEVEL: 'silent' }, 'test'), 'test').producer()
    await producer.disconnect()
  })
})

type Ended = { readonly code?: number; readonly stdout: string; readonly stderr: string }

/** A process of ours that should not start: how it ended and what it said. */
async function ended(program: string, more: Env): Promise<string> {
  const given = { ...process.env, ...env, DATABASE_PREFIX: 'wrong_', ...more }
  try {
    await promisify(execFile)(process.execPath, [`dist/${program}.js`], { env: given, timeout: 60_000 })
  } catch (error) {
    const { code, stdout, stderr } = error as Ended // as promisify promises it
    expect(code).toBe(1)
    expect(`${stdout}${stderr}`).not.toContain(password)
    return `${stdout}${stderr}`
  }
  throw new Error(`${program} started`)
}

const wrongPassword = () => ({
  DATABASE_URL_FILE: '',
  DATABASE_URL: readConfig(env).DATABASE_URL.replace(password, 'guessed'),
  KAFKA_SASL_PASSWORD_FILE: '',
  KAFKA_SASL_PASSWORD: 'guessed',
})

describe('at its start a process says plainly who does not let it in, and ends', () => {
  it.each(['deploy/migrate-main', 'workers/stock/main', 'api/main'])('%s: with a wrong CA', async (program) => {
    const wrong = { DATABASE_TLS_CA_FILE: wrongCa, KAFKA_TLS_CA_FILE: wrongCa, TEMPORAL_TLS_CA_FILE: wrongCa }
    const told = await ended(program, wrong)
    expect(told).toMatch(/The database can't be entered: .*(certificate|self[- ]signed).* Look at DATABASE_URL/)
    expect(told).toMatch(/Kafka can't be entered: .*(certificate|self[- ]signed).* Look at KAFKA_BROKERS/)
    expect(told).toMatch(/Temporal can't be entered: .*(certificate|self[- ]signed).* Look at TEMPORAL_ADDRESS/)
  })

  it.each(['plain', 'scram-sha-256', 'scram-sha-512'])('with a wrong password, by %s', async (mechanism) => {
    const told = await ended('deploy/migrate-main', { ...wrongPassword(), KAFKA_SASL_MECHANISM: mechanism })
    expect(told).toMatch(/The database can't be entered: Access denied for user 'holdfast'/)
    expect(told).toMatch(/Kafka can't be entered: .*authentication failed/i)
  })

  it('without TLS where the database wants it', async () => {
    const DATABASE_URL = readConfig(env).DATABASE_URL
    const told = await ended('deploy/migrate-main', { DATABASE_URL_FILE: '', DATABASE_URL, DATABASE_TLS_CA_FILE: '' })
    // MariaDB calls it a wrong password
    expect(told).toMatch(/The database can't be entered: .*(insecure transport|Access denied)/)
  })

  it('under a name that is not in the certificate', async () => {
    const told = await ended('deploy/migrate-main', { TEMPORAL_TLS_SERVER_NAME: 'temporal.example' })
    expect(told).toMatch(/Temporal can't be entered: .*temporal\.example/)
  })
})

describe('an API key for Temporal', () => {
  it('is sent by TLS only, and its refusal is told', async () => {
    const seen: IncomingHttpHeaders[] = []
    const { cert, key } = authority.issue('cloud')
    const server = createSecureServer({ cert, key }).on('stream', (stream, headers) => {
      seen.push(headers)
      const refusal = { 'grpc-status': '16', 'grpc-message': 'Request unauthorized.' }
      stream.respond({ ':status': 200, 'content-type': 'application/grpc', ...refusal }, { endStream: true })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    stops.push(() => new Promise((resolve) => server.close(() => resolve())))
    const access = {
      TEMPORAL_ADDRESS: `localhost:${(server.address() as AddressInfo).port}`,
      TEMPORAL_API_KEY: 'key-of-ours',
      TEMPORAL_TLS_CERT_FILE: '',
      TEMPORAL_TLS_KEY_FILE: '',
    }
    const temporal = openTemporal(readConfig({ ...env, ...access }))
    await expect(temporal.ping()).rejects.toThrow()
    await temporal.close()
    expect(seen[0]?.['authorization']).toBe('Bearer key-of-ours')
    expect(seen[0]?.['temporal-namespace']).toBe('default')
    const told = await ended('workers/stock/main', access)
    expect(told).toMatch(/Temporal can't be entered: .*unauthorized.* Look at TEMPORAL_ADDRESS, TEMPORAL_API_KEY/i)
    expect(told).not.toContain('key-of-ours')
  })
})
