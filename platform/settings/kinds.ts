import { X509Certificate } from 'node:crypto'
import { z } from 'zod'

/**
 * What a setting says of itself beside its type, by `.meta()`: `description` is its meaning. `secret` is never shown, and
 * may come from a file; so may what is `byFile`. `example` is for those whose default does not show their form.
 */
export type About = {
  readonly description: string
  readonly example?: string
  readonly secret?: boolean
  readonly byFile?: boolean
}

/** A whole number of the unit the variable's name ends in. */
export const count = (fallback: number, minimum = 0) => z.coerce.number().int().min(minimum).default(fallback)

export const flag = (fallback: boolean) =>
  z
    .enum(['0', '1', 'true', 'false'])
    .default(fallback ? '1' : '0')
    .transform((value) => value === '1' || value === 'true')

export const text = (fallback = '') => z.string().default(fallback)

export const optionalUrl = () => z.union([z.literal(''), z.url()]).default('')

/** Text in PEM, one certificate or several. */
export const certificate = () =>
  z
    .string()
    .default('')
    .refine(
      (pem) => pem === '' || isCertificate(pem),
      'has to be a certificate in PEM, -----BEGIN CERTIFICATE----- ...',
    )

export const privateKey = () =>
  z
    .string()
    .default('')
    .refine(
      (pem) => pem === '' || /-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(pem),
      'has to be a private key in PEM, -----BEGIN PRIVATE KEY----- ...',
    )

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).subject !== undefined
  } catch {
    return false // whatever OpenSSL makes of it, it is none
  }
}
