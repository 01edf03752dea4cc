import proxyAddr from '@fastify/proxy-addr'
import ipaddr from 'ipaddr.js'

/**
 * Whom an address stands for: a subscriber with IPv6 has a whole /64 to send from, and counts once. IPv4 in the form of IPv6 is IPv4.
 */
export const networkOf = (address: string): string => {
  if (!ipaddr.isValid(address)) return 'unknown'
  const parsed = ipaddr.process(address)
  if (!(parsed instanceof ipaddr.IPv6)) return parsed.toString()
  return `${parsed.parts
    .slice(0, 4)
    .map((part) => part.toString(16))
    .join(':')}::/64`
}

/** Whether an address is one of the proxies in front; undefined for a list that cannot be read. */
export const proxiesIn = (list: string): ((address: string) => boolean) | undefined => {
  const entries = list.split(',').map((entry) => entry.trim())
  try {
    const trusted = proxyAddr.compile(entries)
    return (address) => trusted(address, 0)
  } catch {
    return undefined
  }
}
