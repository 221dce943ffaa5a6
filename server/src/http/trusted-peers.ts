import { BlockList, isIP } from 'node:net'

/** Whether the other end of a connection is a proxy whose word on the request counts. */
export type TrustedPeers = (remoteAddress: string | undefined) => boolean

/** `entries`: addresses and networks, checked before (`TRUSTED_PROXIES`). */
export function createTrustedPeers(entries: readonly string[]): TrustedPeers {
  const list = new BlockList()
  for (const entry of entries) {
    const [address = '', prefix] = entry.split('/')
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4'
    list.addSubnet(address, prefix === undefined ? (family === 'ipv4' ? 32 : 128) : Number(prefix), family)
  }
  return (remoteAddress) => {
    // A dual-stack socket reports IPv4 peers as ::ffff:192.0.2.1 (RFC 4291 section 2.5.5.2), and names the link of a local address.
    const address = (remoteAddress ?? '').replace(/^::ffff:(?=[0-9.]+$)/i, '').replace(/%.*$/, '')
    return isIP(address) !== 0 && list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')
  }
}
