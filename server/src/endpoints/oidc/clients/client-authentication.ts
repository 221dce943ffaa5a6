import type { Client } from 'oidc-provider'
import Provider, { errors } from 'oidc-provider'
import type { Clients } from '../../../services/clients/index.ts'
import { isFromTheFuture } from '../library/clock-skew.ts'
import { noteAssertion } from '../library/one-time-ids.ts'

/** An assertion lives for one request; one that is good for long is worth stealing. */
const CLIENT_ASSERTION_MAX_TTL_SECONDS = 60 * 60

/** Holds clients to the method they are registered with; secrets are compared with their hashes. */
export function authenticateByRegisteredMethod(provider: Provider, clients: Clients): void {
  const prototype = provider.Client.prototype as unknown as { compareClientSecret(secret: string): Promise<boolean> }
  prototype.compareClientSecret = async function (this: Client, secret) {
    // The library takes a secret in the header and in the body for either (RFC 7591 section 2: the method that it "will use").
    const isInHeader = Provider.ctx?.headers.authorization !== undefined
    if (isInHeader !== (this.clientAuthMethod === 'client_secret_basic')) return false
    return clients.verifySecret(this.clientId, secret)
  }
}

/**
 * The issuer, alone, as one text: an endpoint's address, or one audience among several, could be another server's
 * (draft-ietf-oauth-rfc7523bis, CVE-2025-27370). Its life is bounded.
 */
export function checkAssertion(ctx: object, claims: Readonly<Record<string, unknown>>, issuer: string, now: number): void {
  if (claims['aud'] !== issuer) throw new errors.InvalidClientAuth('audience (aud) must equal the issuer identifier url')
  if (Number(claims['exp']) > now / 1_000 + CLIENT_ASSERTION_MAX_TTL_SECONDS) throw new errors.InvalidClientAuth('expiration must not be more than an hour ahead')
  if (isFromTheFuture(claims, now)) throw new errors.InvalidClientAuth('iat is in the future')
  noteAssertion(ctx)
}
