import { isIP } from 'node:net'
import { texts } from './texts.ts'

/** The IP address as it is, or "unknown" for anything that is none. A zone (`%eth0`) is free text and is left out. */
export function describeIpAddress(ip: string): string {
  const address = ip.split('%', 1)[0] ?? ''
  return isIP(address) === 0 ? texts.unknownAddress : address
}
