import ipaddr from 'ipaddr.js'

/** What counts as one caller: an IPv4 address, or the /64 that one IPv6 subscriber holds (RFC 6177). */
export function addressKey(ip: string): string {
  if (!ipaddr.isValid(ip)) return 'unknown'
  const address = ipaddr.process(ip)
  if (address.kind() === 'ipv4') return address.toString()
  const network = address.toByteArray().slice(0, 8)
  return `${Buffer.from(network).toString('hex')}::/64`
}
