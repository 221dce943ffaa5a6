import { isIP } from 'node:net'

/** A relying party is a domain (WebAuthn Level 3 section 5.1.3): a server that is reached by an IP address can have no passkeys. */
export function hasRelyingPartyId(publicUrl: string): boolean {
  return isIP(new URL(publicUrl).hostname.replace(/^\[|\]$/g, '')) === 0
}
