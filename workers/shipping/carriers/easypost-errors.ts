import type { Booking } from '../carrier.ts'

/** HTTP status of an answer that the package turned into an error; undefined where no answer came. */
export function statusCodeOf(error: unknown): number | undefined {
  const status: unknown = error instanceof Error ? Reflect.get(error, 'statusCode') : undefined
  return typeof status === 'number' ? status : undefined
}

/**
 * The refusal that an error of EasyPost's is: a request that it understood and will not carry out, as with an address
 * that does not exist. Rate limits, outages, a wrong key or an empty account say nothing about the parcel: undefined,
 * and the outcome counts as unknown. See https://docs.easypost.com/docs/errors.
 */
export function refusalOf(error: unknown): Extract<Booking, { state: 'refused' }> | undefined {
  const status = statusCodeOf(error)
  if (!(error instanceof Error) || (status !== 400 && status !== 422)) return undefined
  const code: unknown = Reflect.get(error, 'code')
  const isAddress = typeof code === 'string' && code.startsWith('ADDRESS')
  const message = error.message === '' ? 'EasyPost refused it.' : error.message.slice(0, 300)
  return { state: 'refused', code: isAddress ? 'address_refused' : 'carrier_refused', message }
}
