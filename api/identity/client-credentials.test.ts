import { expect, it } from 'vitest'
import { readBasic } from './client-credentials.ts'

const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`

it('id and secret are form-encoded before they are joined', () => {
  expect(readBasic(basic('my%3Aid:a+b%2B:c'))).toEqual({ id: 'my:id', secret: 'a b+:c' })
  expect(readBasic(basic('id:').replace('Basic', 'basic'))).toEqual({ id: 'id', secret: '' })
})

it.each([undefined, '', 'Basic', 'Basic %%%', basic('no-colon'), basic(':secret'), basic('%zz:x'), 'Bearer abc'])(
  'there are none in %j',
  (header) => {
    expect(readBasic(header)).toBeUndefined()
  },
)
