import { BlockList, isIP } from 'node:net'

const ranges = (text: string, family: 'ipv4' | 'ipv6'): BlockList => {
  const list = new BlockList()
  for (const range of text.trim().split(/\s+/)) {
    const [net = '', bits = ''] = range.split('/')
    list.addSubnet(net, Number(bits), family)
  }
  return list
}

/** IANA's special-purpose registry, with multicast, and one address at which a cloud tells its machines' secrets. */
const notForEverybody4 = ranges(
  `0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 192.31.196.0/24
   192.52.193.0/24 192.88.99.0/24 192.168.0.0/16 192.175.48.0/24 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4
   240.0.0.0/4 168.63.129.16/32`,
  'ipv4',
)

/** Everything that is routed in public lies here; loopback, link-local, ULA, NAT64, mapped IPv4 and multicast do not. */
const global6 = ranges('2000::/3', 'ipv6')
/** Except these: protocols, Teredo, 6to4 (both carry an IPv4 address within), and documentation. */
const notForEverybody6 = ranges('2001::/23 2001:db8::/32 2002::/16 2620:4f:8000::/48 3fff::/20', 'ipv6')

/**
 * Whether it is an address that anybody on the internet may call, and no machine beside ours. What is not surely one is
 * none: a name is none, nor is an IPv6 address with a zone.
 */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address)
  if (family === 4) return !notForEverybody4.check(address, 'ipv4')
  if (family !== 6 || address.includes('%')) return false
  return global6.check(address, 'ipv6') && !notForEverybody6.check(address, 'ipv6')
}
