import { isIP } from 'node:net'
import type { Say } from '../../languages/index.ts'

/** The IP address as it is, or "unknown" for anything that is none. A zone (`%eth0`) is free text and is left out. */
export function describeIpAddress(say: Say, ip: string): string {
  const address = ip.split('%', 1)[0] ?? ''
  return isIP(address) === 0 ? say('mail.unknown_address') : address
}
