import { isIP } from 'node:net'
import type { Config } from '../../platform/config.ts'
import { isPublicAddress } from '../../platform/public-address.ts'

/** Where webhooks may go. */
export type TargetRules = {
  /** Addresses of our own network and machine too: for tests and demos. */
  readonly privateToo: boolean
  readonly httpToo: boolean
  readonly ports: ReadonlySet<number> | 'any'
}

export const targetRulesOf = (
  config: Pick<Config, 'WEBHOOK_PRIVATE_TARGETS' | 'WEBHOOK_PORTS' | 'DEMO'>,
): TargetRules => ({
  privateToo: config.WEBHOOK_PRIVATE_TARGETS,
  httpToo: config.DEMO || config.WEBHOOK_PRIVATE_TARGETS,
  ports: config.WEBHOOK_PORTS,
})

/** Without the brackets that an IPv6 address has in a URL. */
export const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[(.*)\]$/, '$1')

export const portOf = ({ protocol, port }: URL): number => Number(port) || (protocol === 'https:' ? 443 : 80)

export const mayCall = (address: string, { privateToo }: Pick<TargetRules, 'privateToo'>): boolean =>
  privateToo || isPublicAddress(address)

/** @returns why nothing may be sent there, or undefined. What a name leads to is asked at each try. */
export function refusalOf(text: string, rules: TargetRules): string | undefined {
  if (!URL.canParse(text)) return 'Has to be a URL'
  const url = new URL(text)
  if (url.protocol !== 'https:' && !(rules.httpToo && url.protocol === 'http:')) return 'Has to begin with https://'
  if (url.username !== '' || url.password !== '') return 'Must not have a user name or password'
  if (url.hash !== '') return 'Must not have a fragment'
  if (rules.ports !== 'any' && !rules.ports.has(portOf(url))) {
    return `Has to have one of the ports ${[...rules.ports].join(', ')}`
  }
  const host = hostOf(url)
  if (!mayBeHost(host, rules)) return 'Has to lead to the public internet'
  return undefined
}

const mayBeHost = (host: string, rules: TargetRules): boolean => {
  if (rules.privateToo) return true
  if (isIP(host) !== 0) return isPublicAddress(host)
  // a name without a dot, or of these, is one of our own network
  return host.includes('.') && !/(^|\.)(localhost|local|internal|home\.arpa|lan)\.?$/i.test(host)
}
