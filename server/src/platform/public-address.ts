import ipaddr from 'ipaddr.js'

/** All that IANA assigns from (RFC 4291 section 2.4); the rest of IPv6 leads nowhere, or somewhere near. */
const GLOBAL_UNICAST = ipaddr.parseCIDR('2000::/3') as [ipaddr.IPv6, number]

/**
 * True for an address of the public Internet. Loopback, private, link-local, shared, reserved and multicast ranges (RFC
 * 6890) are not, nor are IPv6 forms that carry an IPv4 address inside (mapped, NAT64, 6to4, Teredo) unless a mapped one is public.
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false
  const parsed = ipaddr.process(address)
  if (parsed.range() !== 'unicast') return false
  return parsed.kind() === 'ipv4' || (parsed as ipaddr.IPv6).match(GLOBAL_UNICAST)
}
