import type { Settings } from './settings/sections.ts'

type Server = 'TEMPORAL' | 'KAFKA' | 'DATABASE'
type Named<S extends Server> = `${S}_TLS` | `${S}_TLS_CA` | `${S}_TLS_CERT` | `${S}_TLS_KEY`

/** What a connection needs to know of TLS; settings that are left out are not set. */
export type TlsSettings<S extends Server> = Partial<Pick<Settings, Named<S>>>

/** PEM, as Node takes it. */
export type Tls = { readonly ca?: string; readonly cert?: string; readonly key?: string }

/** Undefined: no TLS. Who gives a CA or a certificate wants it. What a server shows is always verified. */
export function tlsOf<S extends Server>(settings: TlsSettings<S>, server: S): Tls | undefined {
  const of = (part: string): unknown => Reflect.get(settings, `${server}_TLS${part}`)
  const [ca, cert, key] = [pem(of('_CA')), pem(of('_CERT')), pem(of('_KEY'))]
  if (of('') !== true && ca === undefined && cert === undefined) return undefined
  return { ...(ca !== undefined && { ca }), ...(cert !== undefined && key !== undefined && { cert, key }) }
}

const pem = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)
