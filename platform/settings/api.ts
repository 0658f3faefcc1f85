import { z } from 'zod'
import { readOrigins } from '../origins.ts'
import { readRoleMap } from '../role-map.ts'
import { failpoints } from '../failpoint.ts'
import { isSafeUrl } from '../safe-url.ts'
import { count, flag, optionalUrl, text } from './kinds.ts'

export const processes = {
  DEMO: flag(false).meta({
    description:
      'Demo products, demo accounts, short deadlines. Never on where somebody sells something. `npm start` sets it unless `DEMO=0`.',
  }),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info').meta({
    description: 'What is logged.',
  }),
  METRICS_PORT: count(0).pipe(z.int().max(65_535)).meta({
    description:
      'Where a worker answers `/healthz` and `/metrics`; 0: nowhere. Under `npm start` the first of as many ports as there are workers.',
    example: '9464',
  }),
  OTEL_EXPORTER_OTLP_ENDPOINT: optionalUrl().meta({
    description: 'Where spans are sent, by OTLP over HTTP. None: nobody traces.',
    example: 'http://127.0.0.1:4318',
  }),
  FAIL_AT: z
    .union([z.literal(''), z.enum(failpoints)])
    .default('')
    .meta({
      description: 'For tests, in demo mode only: the [line](reliability.md) at which the process is killed.',
      example: 'publish.sent',
    }),
  CONSUMER_SHUFFLE_SEED: count(0).meta({
    description:
      'For tests, in demo mode only; above 0: consumers get each event one to three times, shuffled across orders.',
  }),
  DATA_DIR: text('.data').meta({
    description: 'Set by `npm start`; the processes keep nothing there so far.',
  }),
  DRILLS_URL: optionalUrl().meta({
    description:
      'Set by `npm start`, in demo mode only: where the process of the [drill board](reliability.md#drill-board) listens. None: there is no such board.',
    example: 'http://127.0.0.1:17201',
  }),
  DRILLS_TOKEN: text().meta({
    description: 'Set by `npm start` with it, anew each time: what that process wants to be shown.',
    example: 'any-long-text',
    secret: true,
  }),
}

export const http = {
  HOST: text('127.0.0.1').meta({ description: 'Address that the API listens on.', example: '0.0.0.0' }),
  PORT: count(3000).meta({ description: 'Port that the API listens on.' }),
  PUBLIC_URL: z.url().default('http://127.0.0.1:3000').meta({
    description: 'Where people find the pages; links in mails begin with it.',
    example: 'https://shop.example',
  }),
  DRAIN_SECONDS: count(0).pipe(z.int().max(5)).meta({
    description:
      'When it is asked to end, the API says for so long on `/readyz` that it is leaving, and serves whoever still comes: as long as what stands in front of it takes to notice. 0 where that is told by others, as in Kubernetes.',
    example: '3',
  }),
  TRUSTED_PROXIES: count(0).meta({
    description: 'Proxies in front of the API: so many addresses at the end of `X-Forwarded-For` are believed.',
  }),
  CORS_ORIGINS: text().transform(readOrigins).meta({
    description: 'Sites whose pages may call the API from a browser: exact origins, separated by commas.',
    example: 'https://shop.example',
  }),
  OPERATIONS_OPEN: flag(false).meta({
    description: 'Answer `/healthz`, `/readyz` and `/metrics` to other machines too, not to this one alone.',
  }),
  VERIFY_EVERY_MINUTES: count(0).meta({
    description:
      'Above 0: the API runs [`verify`](operations.md#is-everything-right) so often by itself, in one process at a time.',
  }),
}

export const limits = {
  LIMIT_LOGIN_FAILURES_PER_MINUTE: count(10, 1).meta({
    description: 'Failed logins per account, whether it exists or not.',
  }),
  LIMIT_ADDRESS_FAILURES_PER_MINUTE: count(30, 1).meta({ description: 'Failed logins per client address.' }),
  LIMIT_REGISTRATIONS_PER_MINUTE: count(10, 1).meta({ description: 'New accounts per client address.' }),
  LIMIT_LETTERS_PER_MINUTE: count(5, 1).meta({
    description: 'Letters asked for with a forgotten password and the like, per account and per client address.',
  }),
  LIMIT_ORDERS_PER_SECOND: count(20, 1).meta({ description: 'Orders per user.' }),
  LIMIT_ORDERS_BURST: count(50, 1).meta({ description: 'Orders per user, at once.' }),
  LIMIT_WRITES_PER_SECOND: count(100, 1).meta({ description: 'All other changes, per user.' }),
  LIMIT_READS_PER_SECOND: count(500, 1).meta({ description: 'Reads per user.' }),
  STREAMS_PER_USER: count(20, 1).meta({
    description: 'Live streams that one user may have open at one API process.',
  }),
  BACKLOG_MOST_ORDERS: count(20_000, 1).meta({ description: 'With so many orders unsettled no new ones are taken.' }),
  BACKLOG_MOST_LAG: count(50_000, 1).meta({
    description: 'With a consumer group so many messages behind no new orders are taken.',
  }),
}

export const identity = {
  AUTH_TOKEN_ISSUER: text('holdfast').meta({ description: 'The issuer in every access token.' }),
  AUTH_TOKEN_AUDIENCE: text('holdfast-api').meta({ description: 'The audience in every access token.' }),
  KEY_ROTATION_DAYS: count(30).meta({
    description:
      'A key that signs access tokens is followed by the next after so long; 0: only by hand. See [keys](programs.md#keys).',
  }),
  AUTH_ISSUER: z
    .union([z.literal(''), z.url().refine(isSafeUrl, 'has to be https, unless it is on this machine')])
    .default('')
    .meta({
      description:
        'An OpenID Connect provider whose access tokens are taken beside our own; none: ours only. See [another identity provider](programs.md#another-identity-provider).',
      example: 'https://login.example/realms/shop',
    }),
  AUTH_AUDIENCE: text().meta({
    description: 'The audience that its tokens name us by; default: AUTH_TOKEN_AUDIENCE.',
    example: 'holdfast-api',
  }),
  AUTH_ROLE_CLAIM: z.string().min(1).default('role').meta({
    description:
      'The claim of its tokens that the role comes from: a name, or a path with dots; its value a string or a list.',
    example: 'realm_access.roles',
  }),
  AUTH_ROLE_MAP: text()
    .transform((map, context) => {
      const read = readRoleMap(map)
      if (read.kind === 'map') return read.map
      context.addIssue(read.error)
      return z.NEVER
    })
    .meta({
      description: '`value=role[,value=role...]`: who is more than a customer.',
      example: 'shop-admin=admin,agents=support',
    }),
  AUTH_MAX_AGE_SECONDS: count(3600, 60).meta({
    description: 'Its tokens are refused once they are so old, however long they would live.',
  }),
}
