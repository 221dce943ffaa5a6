import { BlockList, isIP } from 'node:net'

export interface TrustedProxies {
  includes(address: string): boolean
}

/** Whether a text is an address or a CIDR block, e.g. `10.0.0.0/8`, `::1`. */
export function isAddressBlock(text: string): boolean {
  const [address = '', prefix, ...rest] = text.split('/')
  const version = isIP(address)
  if (version === 0 || rest.length > 0) return false
  return prefix === undefined || (/^[0-9]{1,3}$/.test(prefix) && Number(prefix) <= (version === 4 ? 32 : 128))
}

/** @throws TypeError when a block is neither an address nor a CIDR block. */
export function createTrustedProxies(blocks: readonly string[]): TrustedProxies {
  const list = new BlockList()
  for (const block of blocks) {
    if (!isAddressBlock(block)) throw new TypeError(`not an address or CIDR block: ${block}`)
    const [address = '', prefix] = block.split('/')
    const version = isIP(address)
    list.addSubnet(address, prefix === undefined ? (version === 4 ? 32 : 128) : Number(prefix), version === 4 ? 'ipv4' : 'ipv6')
  }
  return { includes: (address) => isIP(address) !== 0 && list.check(address, isIP(address) === 4 ? 'ipv4' : 'ipv6') }
}

/** A dual-stack socket reports IPv4 peers as `::ffff:192.0.2.1` (RFC 4291, 2.5.5.2); everybody else knows them as `192.0.2.1`. */
export function peerAddress(remoteAddress: string | undefined): string {
  return (remoteAddress ?? '').replace(/^::ffff:(?=[0-9.]+$)/i, '').replace(/%.*$/, '')
}
