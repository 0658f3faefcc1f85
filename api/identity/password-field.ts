import { z } from '@hono/zod-openapi'
import { isCommonPassword } from './common-passwords.ts'

const rule = (code: string, message: string) => ({ message, params: { code } })

/** A password that somebody may choose. Its length is counted in characters, as people do. */
export const passwordField = z
  .string()
  .refine((given) => Array.from(given).length >= 8, rule('too_small', 'Has to have 8 characters'))
  .refine((given) => Array.from(given).length <= 128, rule('too_big', 'May have 128 characters'))
  .refine((given) => !isCommonPassword(given), rule('common_password', 'Is one of the most common passwords'))
  .openapi({ minLength: 8, maxLength: 128, example: 'correct horse battery' })
