const text = { type: 'string' } as const

/** Headers of answers, by their names: `components.headers` of the OpenAPI document. */
export const httpHeaders = {
  'X-Request-Id': {
    description: 'The one of the request, if it sent a usable one; else the trace id',
    schema: text,
    example: '7c80c7f351e37bebce3a2c254a027392',
  },
  Location: {
    description: 'Where what was made is to be found',
    schema: { ...text, format: 'uri-reference' },
    example: '/v1/orders/0b6f7d0a-93a1-4c7b-9c55-f2f6b7a3a9d1',
  },
  ETag: {
    description: 'What `If-None-Match` takes: the same as long as the answer is',
    schema: text,
    example: 'W/"0c5e0d1a2b3c4d5e6f708192a3b4c5d6e7f80912"',
  },
  'Idempotency-Replayed': {
    description: '`true`: this is the answer to a request that came before',
    schema: { ...text, pattern: '^true$' },
    example: 'true',
  },
  'Preference-Applied': {
    description: 'The wait that was granted, if one was asked for',
    schema: text,
    example: 'wait=10',
  },
  'Retry-After': {
    description: 'Seconds until the same request may succeed',
    schema: { type: 'integer', minimum: 0 },
    example: 5,
  },
  'WWW-Authenticate': {
    description: 'How to sign in; with `error="invalid_token"` where the token is not good (any more)',
    schema: text,
    example: 'Bearer',
  },
} as const

export type HeaderName = keyof typeof httpHeaders
