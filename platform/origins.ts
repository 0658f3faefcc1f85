import { z } from 'zod'

/** Exact origins, separated by commas: neither paths nor wildcards, as browsers compare them letter by letter. */
export function readOrigins(text: string, context: z.RefinementCtx): readonly string[] {
  const origins = text
    .split(',')
    .map((origin) => origin.trim())
    .filter(Boolean)
  const bad = origins.filter((origin) => !isOrigin(origin))
  if (bad.length === 0) return origins
  context.addIssue(`has to be like https://shop.example, without a path: ${bad.join(', ')}`)
  return z.NEVER
}

const isOrigin = (text: string): boolean =>
  /^https?:\/\/[^*]+$/.test(text) && URL.canParse(text) && new URL(text).origin === text
