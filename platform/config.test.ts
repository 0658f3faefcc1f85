import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { readConfig, withSecretFiles } from './config.ts'
import { aboutOf, settingNames } from './settings/sections.ts'

const folder = mkdtempSync(join(tmpdir(), 'holdfast-config-'))
afterAll(() => rmSync(folder, { recursive: true }))

function fileWith(content: string): string {
  const file = join(folder, `${content.length}-${Math.abs(content.codePointAt(0) ?? 0)}`)
  writeFileSync(file, content)
  return file
}

function refused(given: Readonly<Record<string, string>>): readonly string[] {
  try {
    readConfig(given)
  } catch (error) {
    return (error instanceof Error ? error.message : '')
      .split('\n')
      .slice(1)
      .map((line) => line.trim())
  }
  throw new Error('It was not refused')
}

describe('a wrong configuration', () => {
  it('is told as a whole, each variable with what to do', () => {
    const wrong = {
      PORT: 'eighty',
      RETRY_ATTEMPTS: '0',
      DEMO: 'yes',
      PUBLIC_URL: 'shop',
      DATABASE_URL: 'postgres://x',
      KAFKA_PREFIX: 'A B',
      SMTP_URL: 'mail.example',
      WEBHOOK_TIME_SCALE: '0',
      WEBHOOK_TIMEOUT_SECONDS: '21',
      STOCK_DEADLINE_SECONDS: 'soon',
      TEMPORAL_API_KEY_FILE: '/nowhere/key',
      AUTH_ISSUER: 'http://elsewhere.example',
    }
    expect(refused(wrong).toSorted()).toEqual([
      'AUTH_ISSUER: has to be https, unless it is on this machine',
      'DATABASE_URL: has to begin with mysql://',
      'DEMO: has to be one of 0, 1, true, false',
      'KAFKA_PREFIX: has to be up to 32 of a-z, 0-9, _ . and -',
      'PORT: has to be a whole number',
      'PUBLIC_URL: has to be a URL like https://host.example:8443',
      'RETRY_ATTEMPTS: has to be 1 or more',
      'SMTP_URL: has to begin with smtp:// or smtps://',
      'STOCK_DEADLINE_SECONDS: has to be a number above 0',
      "TEMPORAL_API_KEY_FILE: /nowhere/key can't be read (ENOENT)",
      'WEBHOOK_TIMEOUT_SECONDS: has to be 20 or less',
      'WEBHOOK_TIME_SCALE: has to be above 0',
    ])
  })

  it('is told without the value of any secret', () => {
    const secrets = settingNames.filter((name) => aboutOf(name).secret)
    const given = Object.fromEntries(secrets.map((name, at) => [name, `hush:${at}:hush`]))
    const told = refused({ ...given, PORT: 'x' }).join('\n')
    expect(told).toContain('PAYLOAD_KEYS')
    expect(told).toContain('DATABASE_URL')
    expect(told).not.toContain('hush')
    const cert = refused({ DATABASE_URL: 'mysql://me:hush@ho st:x', TEMPORAL_TLS_KEY: 'hush' }).join('\n')
    expect(cert).toContain('DATABASE_URL: has to be like mysql://user:password@host:3306')
    expect(cert).toContain('TEMPORAL_TLS_KEY: has to be a private key in PEM')
    expect(cert).not.toContain('hush')
  })
})

describe('secrets by file', () => {
  it('are read without the line end, and go before the demo defaults', () => {
    const SIMULATOR_WEBHOOK_SECRET_FILE = fileWith('from a file\n')
    expect(readConfig({ DEMO: '1', SIMULATOR_WEBHOOK_SECRET_FILE }).SIMULATOR_WEBHOOK_SECRET).toBe('from a file')
  })

  it('are refused where the variable itself is set too, or where nothing is in them', () => {
    expect(refused({ STRIPE_SECRET_KEY: 'a', STRIPE_SECRET_KEY_FILE: fileWith('b') })).toEqual([
      'STRIPE_SECRET_KEY_FILE: STRIPE_SECRET_KEY is set too; take one of them away',
    ])
    const empty = fileWith('\n')
    expect(refused({ STRIPE_SECRET_KEY_FILE: empty })).toEqual([`STRIPE_SECRET_KEY_FILE: ${empty} is empty`])
  })

  it('are handed on as values, so that the address of a server is known to who starts the others', () => {
    const DATABASE_URL_FILE = fileWith('mysql://me:secret@db:3306')
    expect(withSecretFiles({ DATABASE_URL_FILE, PORT: '1', HOST: '' })).toEqual({
      DATABASE_URL: 'mysql://me:secret@db:3306',
      PORT: '1',
    })
  })
})

describe('what belongs together', () => {
  it.each([
    [{ KAFKA_SASL_MECHANISM: 'scram-sha-512' }, ['KAFKA_SASL_USERNAME', 'KAFKA_SASL_PASSWORD']],
    [{ KAFKA_SASL_USERNAME: 'me' }, ['KAFKA_SASL_USERNAME']],
    [{ KAFKA_SASL_MECHANISM: 'plain', KAFKA_SASL_USERNAME: 'me', KAFKA_SASL_PASSWORD: 'x' }, ['KAFKA_SASL_MECHANISM']],
    [{ DATABASE_TLS: '1', DATABASE_URL: 'mysql://me@10.0.0.1:3306' }, ['DATABASE_URL']],
    [{ DATABASE_TLS: '1', DATABASE_URL: 'mysql://me@[::1]:3306' }, ['DATABASE_URL']],
    [{ WORKER_DEPLOYMENT: 'holdfast' }, ['WORKER_BUILD_ID']],
    [{ TEMPORAL_TLS_SERVER_NAME: 'temporal.internal' }, ['TEMPORAL_TLS_SERVER_NAME']],
    [{ PAYMENT_PROVIDER: 'stripe', STRIPE_SECRET_KEY: 'sk_live_x' }, ['CARRIER']],
    [{ SMTP_URL: 'smtps://me:p#ss@mail.example:465' }, ['SMTP_URL']],
    [{ AUTH_ISSUER: 'https://a.example', AUTH_TOKEN_ISSUER: 'https://a.example' }, ['AUTH_ISSUER']],
    [{ KAFKA_TLS_CA: 'no certificate' }, ['KAFKA_TLS_CA']],
  ])('%j is refused', (given, names) => {
    expect(refused(given as Record<string, string>).map((line) => line.split(':')[0])).toEqual(names)
  })
})
