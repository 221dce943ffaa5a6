import type { ClientAuthMethod, Configuration, MTLSConfiguration } from 'oidc-provider'
import type { ClientCertificates } from '../../../http/client-certificates.ts'
import { namesSubject } from '../../../protocols/certificate-names.ts'
import type { RegisteredClient } from '../../../services/clients/index.ts'

/** Mutual TLS (RFC 8705), as the proxy that ends TLS tells of it; nothing of it where the operator named no header. */
export function mutualTlsFeature(certificates: ClientCertificates): MTLSConfiguration & NonNullable<Configuration['features']>['mTLS'] {
  if (certificates.seen === 'none') return { enabled: false }
  return {
    enabled: true,
    certificateBoundAccessTokens: true,
    selfSignedTlsClientAuth: true,
    tlsClientAuth: certificates.seen === 'verified',
    getCertificate: ({ req }) => certificates.of(req)?.certificate,
    certificateAuthorized: ({ req }) => certificates.of(req)?.isVerified === true,
    certificateSubjectMatches(ctx, property, expected) {
      const shown = certificates.of(ctx.req)
      return shown !== undefined && namesSubject(shown.certificate, property, expected)
    },
  }
}

/** How clients may show who they are by a certificate. */
export function certificateMethods({ seen }: ClientCertificates): ClientAuthMethod[] {
  return [...(seen === 'verified' ? (['tls_client_auth'] as const) : []), ...(seen === 'none' ? [] : (['self_signed_tls_client_auth'] as const))]
}

/** A client that relies on certificates is nobody where they are not seen (any more): it must not get tokens that are bound to nothing. */
export function canBeServed({ metadata }: RegisteredClient, certificates: ClientCertificates): boolean {
  const { token_endpoint_auth_method: method, tls_client_certificate_bound_access_tokens: isBound } = metadata
  const isSeen = !method.includes('tls_client_auth') || certificateMethods(certificates).includes(method)
  return isSeen && (!isBound || certificates.seen !== 'none')
}
