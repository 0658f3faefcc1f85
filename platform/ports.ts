import type { z } from 'zod'

/** Reads `443,8443`, or `any`. */
export function readPorts(text: string, context: z.RefinementCtx): ReadonlySet<number> | 'any' {
  if (text === 'any') return 'any'
  const ports = text.split(',').map((part) => (/^\d{1,5}$/.test(part.trim()) ? Number(part) : 0))
  if (ports.some((port) => port < 1 || port > 65_535)) context.addIssue('has to be like 443,8443, or any')
  return new Set(ports)
}
