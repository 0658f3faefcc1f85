import { X509Certificate, createPrivateKey } from 'node:crypto'
import { isIP } from 'node:net'
import { tlsOf } from '../tls.ts'
import type { Settings } from './sections.ts'

const nameOf = { TEMPORAL: 'Temporal', KAFKA: 'Kafka', DATABASE: 'the database' } as const
type Server = keyof typeof nameOf
const servers = ['TEMPORAL', 'KAFKA', 'DATABASE'] as const

/** What each variable alone does not show: as `NAME: what to do`. */
export function contradictions(config: Settings): readonly string[] {
  return [
    ...servers.flatMap((server) => certificates(config, server)),
    ...signIn(config),
    ...names(config),
    ...money(config),
    ...forTests(config),
  ]
}

/** The carrier simulator sends nothing, and what it says it has sent is captured. */
const money = ({
  STRIPE_SECRET_KEY: key,
  PAYMENT_PROVIDER: provider,
  CARRIER: carrier,
}: Settings): readonly string[] =>
  provider === 'stripe' && /^[sr]k_live_/.test(key) && carrier === 'simulator'
    ? ['CARRIER: the simulator sends no parcels, and the Stripe key takes real money; set CARRIER=easypost']
    : []

const forTests = ({ DEMO, FAIL_AT, CONSUMER_SHUFFLE_SEED, DRILLS_URL, DRILLS_TOKEN }: Settings): readonly string[] => [
  ...(DRILLS_URL === '' || DEMO ? [] : ['DRILLS_URL: breaks the running system, so it needs DEMO=1; leave it out']),
  ...(DRILLS_URL === '' || DRILLS_TOKEN !== '' ? [] : ['DRILLS_TOKEN: is needed with DRILLS_URL']),
  ...(FAIL_AT === '' || DEMO ? [] : ['FAIL_AT: is for tests, with DEMO=1; leave it out']),
  ...(CONSUMER_SHUFFLE_SEED === 0 || DEMO ? [] : ['CONSUMER_SHUFFLE_SEED: is for tests, with DEMO=1; leave it out']),
]

function certificates(config: Settings, server: Server): readonly string[] {
  const [certName, keyName] = [`${server}_TLS_CERT`, `${server}_TLS_KEY`] as const
  const [cert, key] = [config[certName], config[keyName]]
  if ((cert === '') !== (key === '')) {
    const [missing, there] = cert === '' ? [certName, keyName] : [keyName, certName]
    return [`${missing}: is needed with ${there}, to show ${nameOf[server]} who we are`]
  }
  if (cert === '' || belongsTo(key, cert)) return []
  return [`${keyName}: is not the key of ${certName}`]
}

function belongsTo(key: string, cert: string): boolean {
  try {
    return new X509Certificate(cert).checkPrivateKey(createPrivateKey(key))
  } catch {
    return false // one that OpenSSL can't read, or with a passphrase, is of no use to us either
  }
}

function signIn(config: Settings): readonly string[] {
  const mechanism = config.KAFKA_SASL_MECHANISM
  const parts = ['KAFKA_SASL_USERNAME', 'KAFKA_SASL_PASSWORD'] as const
  if (mechanism === 'none') {
    return parts
      .filter((name) => config[name] !== '')
      .map((name) => `${name}: is of no use without KAFKA_SASL_MECHANISM; set that too`)
  }
  const missing = parts
    .filter((name) => config[name] === '')
    .map((name) => `${name}: is needed with KAFKA_SASL_MECHANISM=${mechanism}`)
  const bare = mechanism === 'plain' && tlsOf(config, 'KAFKA') === undefined
  return bare ? [...missing, 'KAFKA_SASL_MECHANISM: plain shows everybody the password; set KAFKA_TLS=1'] : missing
}

function names(config: Settings): readonly string[] {
  const errors: string[] = []
  if (config.AUTH_ISSUER === config.AUTH_TOKEN_ISSUER) {
    errors.push('AUTH_ISSUER: is our own; it has to be another provider')
  }
  const isTls = config.TEMPORAL_API_KEY !== '' || tlsOf(config, 'TEMPORAL') !== undefined
  if (config.TEMPORAL_TLS_SERVER_NAME !== '' && !isTls) {
    errors.push('TEMPORAL_TLS_SERVER_NAME: is of no use without TLS; set TEMPORAL_TLS=1 too')
  }
  if (config.WORKER_DEPLOYMENT !== '' && config.WORKER_BUILD_ID === '') {
    errors.push('WORKER_BUILD_ID: is needed with WORKER_DEPLOYMENT; say which build this is')
  }
  const host = new URL(config.DATABASE_URL).hostname.replaceAll(/^\[|\]$/g, '')
  if (tlsOf(config, 'DATABASE') !== undefined && isIP(host) !== 0) {
    errors.push('DATABASE_URL: has to name the server by name, not by number: with TLS the name is verified')
  }
  return errors
}
