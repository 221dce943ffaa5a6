import { X509Certificate } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { TrustedPeers } from './trusted-peers.ts'

/** The certificate that a client showed in its TLS handshake, as the proxy that ended TLS tells of it. */
export interface ClientCertificate {
  readonly certificate: X509Certificate
  /** The proxy says that an authority which it trusts issued it. */
  readonly isVerified: boolean
}

export interface ClientCertificates {
  /** By the headers that the operator named: nothing, which they are, or whether the proxy verified them too. */
  readonly seen: 'none' | 'read' | 'verified'
  /** Undefined where no trusted proxy says so in so many words, and where the certificate is not yet or no longer good. */
  of(request: IncomingMessage): ClientCertificate | undefined
}

interface Options {
  /** Names of headers, lower case (`TLS_CLIENT_CERTIFICATE_HEADER`, `TLS_CLIENT_VERIFY_HEADER`). */
  readonly certificateHeader: string | undefined
  readonly verifyHeader: string | undefined
  readonly isTrusted: TrustedPeers
  readonly now: () => number
}

/** What nginx and Apache say of a certificate that they verified. */
const VERIFIED = 'SUCCESS'

export function createClientCertificates({ certificateHeader, verifyHeader, isTrusted, now }: Options): ClientCertificates {
  return {
    seen: certificateHeader === undefined ? 'none' : verifyHeader === undefined ? 'read' : 'verified',
    of(request) {
      if (certificateHeader === undefined || !isTrusted(request.socket.remoteAddress)) return undefined
      const certificate = parseCertificate(onlyValue(request, certificateHeader) ?? '')
      if (!certificate || certificate.validFromDate.getTime() > now() || certificate.validToDate.getTime() < now()) return undefined
      return { certificate, isVerified: verifyHeader !== undefined && onlyValue(request, verifyHeader) === VERIFIED }
    },
  }
}

/** Where a header is there twice, one of them is not the proxy's, and neither counts. */
function onlyValue({ rawHeaders }: IncomingMessage, name: string): string | undefined {
  const values = rawHeaders.filter((_text, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === name)
  return values.length === 1 ? values[0] : undefined
}

/** RFC 9440 section 2.1 (`:base64 of DER:`), or PEM, percent-encoded (nginx, `$ssl_client_escaped_cert`). One certificate and nothing else. */
function parseCertificate(text: string): X509Certificate | undefined {
  try {
    const encoded = /^:([A-Za-z0-9+/]+={0,2}):$/.exec(text)?.[1] ?? pemBody(decodeURIComponent(text))
    const der = Buffer.from(encoded ?? '', 'base64')
    const certificate = new X509Certificate(der)
    return certificate.raw.equals(der) ? certificate : undefined
  } catch {
    return undefined
  }
}

function pemBody(pem: string): string | undefined {
  return /^-----BEGIN CERTIFICATE-----\s([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----\s*$/.exec(pem)?.[1]
}
