/** Sent with every answer; pages loosen nothing. OWASP ASVS 5.0 section 3.4. */
export function securityHeaders(options: { isSecure: boolean }): Record<string, string> {
  return {
    'content-security-policy':
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    'x-frame-options': 'DENY',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), geolocation=(), microphone=()',
    'cache-control': 'no-store',
    ...(options.isSecure ? { 'strict-transport-security': 'max-age=31536000' } : {}),
  }
}

/** A content security policy that lets the page show these addresses in frames, and no other origin. */
export function withFrames(policy: string, addresses: readonly string[]): string {
  return `${policy}; frame-src ${[...new Set(addresses.map((address) => new URL(address).origin))].join(' ')}`
}
