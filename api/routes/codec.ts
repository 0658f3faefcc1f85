import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import type { Payload, PayloadCodec } from '@temporalio/common'
import { createMiddleware } from 'hono/factory'
import { PayloadCodecError } from '../../platform/payload-codec.ts'
import { admin } from '../access.ts'
import { adminOrTheirBrowser, fromTemporalUi } from '../codec-access.ts'
import type { Deps } from '../deps.ts'
import type { Env } from '../env.ts'
import { body, json, problems, locked } from '../openapi.ts'
import { invalid, notFound } from '../problem.ts'

const base64 = z.base64()
const payload = z.object({ metadata: z.record(z.string(), base64).optional(), data: base64.optional() })
/** Protobuf's JSON of `temporal.api.common.v1.Payloads`; an empty list may be left out, and what we don't know is. */
const payloads = z.object({ payloads: z.array(payload).max(1000).default([]) }).openapi('TemporalPayloads', {
  example: { payloads: [{ metadata: { encoding: 'anNvbi9wbGFpbg==' }, data: 'eyJhIjoxfQ==' }] },
})
type PayloadJson = z.infer<typeof payload>

const route = <Verb extends 'decode' | 'encode'>(verb: Verb, summary: string, deps: Deps) =>
  createRoute({
    method: 'post',
    path: `/codec/${verb}` as const,
    summary,
    description:
      'The codec server of the Temporal Web UI and of `temporal --codec-endpoint`; 404 where nothing is encrypted. ' +
      'Pages of the Web UI may send the refresh cookie of an admin’s sign-in in place of a token.',
    tags: ['Operators'],
    ...admin,
    middleware: [adminOrTheirBrowser(deps), onlyWithKeys(deps)] as const,
    request: body(payloads),
    responses: {
      200: json(payloads, 'The same payloads in the same order'),
      ...problems(
        ...locked,
        'not_found',
        ...(['malformed_request', 'body_too_large', 'unsupported_media_type', 'validation_failed'] as const),
      ),
    },
  })

const onlyWithKeys = ({ payloadCodec }: Deps) =>
  createMiddleware<Env>(async (_, next) => {
    if (payloadCodec === undefined) throw notFound('address')
    await next()
  })

/** Temporal's codec server protocol. */
export function codecRoutes(deps: Deps) {
  const { payloadCodec } = deps
  const app = new OpenAPIHono<Env>()
  if (payloadCodec !== undefined) app.use('/codec/*', fromTemporalUi(deps))
  const answer = async (verb: keyof PayloadCodec, given: readonly PayloadJson[]) => ({
    payloads: (await changed(payloadCodec, verb, given.map(fromJson))).map(toJson),
  })
  return app
    .openapi(route('decode', 'Decrypt what Temporal stores', deps), async (c) =>
      c.json(await answer('decode', c.req.valid('json').payloads), 200),
    )
    .openapi(route('encode', 'Encrypt what Temporal is to store', deps), async (c) =>
      c.json(await answer('encode', c.req.valid('json').payloads), 200),
    )
}

async function changed(codec: PayloadCodec | undefined, verb: keyof PayloadCodec, given: Payload[]) {
  if (codec === undefined) throw notFound('address')
  try {
    return await codec[verb](given)
  } catch (error) {
    if (!(error instanceof PayloadCodecError)) throw error
    throw invalid([{ pointer: '/payloads', code: 'not_decodable', message: error.message }])
  }
}

const fromJson = ({ metadata, data }: PayloadJson): Payload => ({
  ...(metadata && { metadata: mapped(metadata, (text) => Buffer.from(text, 'base64')) }),
  ...(data !== undefined && { data: Buffer.from(data, 'base64') }),
})

const toJson = ({ metadata, data }: Payload): PayloadJson => ({
  ...(metadata && { metadata: mapped(metadata, base64Of) }),
  ...(data && { data: base64Of(data) }),
})

const base64Of = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')

const mapped = <From, To>(record: Readonly<Record<string, From>>, change: (value: From) => To): Record<string, To> =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]))
