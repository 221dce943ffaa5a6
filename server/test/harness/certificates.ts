import { X509Certificate } from 'node:crypto'

/** Certificates of clients until the year 2126, DER in base64, as of `openssl x509 -outform der | base64`. */
export const CERTIFICATES = {
  /** CN=client.example.com,OU=Payments,O=Example\, Inc.,C=DE, with a name of each kind beside */
  named:
    'MIICDzCCAbSgAwIBAgIUcbekdhHUj8PqcNu6ybsoXciIawkwCgYIKoZIzj0EAwIwGTEXMBUGA1UEAwwOVGVzdCBhdXRob3JpdHkwIBcNMjYxMTIyMTgxNDE4WhgPMjEyNjEwMjkxODE0MThaMFUxCzAJBgNVBAYTAkRFMRYwFAYDVQQKDA1FeGFtcGxlLCBJbmMuMREwDwYDVQQLDAhQYXltZW50czEbMBkGA1UEAwwSY2xpZW50LmV4YW1wbGUuY29tMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE0kRjM4kWe7TafU27wvzzrguUlXPmubEdOXvwxt/SL/zzcpQzD4jM7GWm5g0w/vbZ7+ELMf99SnZobxA2bSG/6qOBmzCBmDBWBgNVHREETzBNghJjbGllbnQuZXhhbXBsZS5jb22GHWh0dHBzOi8vY2xpZW50LmV4YW1wbGUuY29tL2lkhwTAAAIHgRJjbGllbnRAZXhhbXBsZS5jb20wHQYDVR0OBBYEFAhw/hliWOlMe5J9gw67yU2eIaXaMB8GA1UdIwQYMBaAFD+GA02FZYhLnGhYyMpzZ8KvWkt1MAoGCCqGSM49BAMCA0kAMEYCIQCPoc6SgXgOvnj13PsgWzBFkDBT5KmBc30kYFng6FJCVAIhAIwdxRvXL2JsYxN06dxMazIMsWOQJCCzdaqZCRWTXHhG',
  /** somebody else's: a URI with a comma in it, and a wildcard */
  tricky:
    'MIIB9DCCAZqgAwIBAgIUcbekdhHUj8PqcNu6ybsoXciIawowCgYIKoZIzj0EAwIwGTEXMBUGA1UEAwwOVGVzdCBhdXRob3JpdHkwIBcNMjYxMTIyMTgxNDE4WhgPMjEyNjEwMjkxODE0MThaMCwxCzAJBgNVBAYTAkRFMQ4wDAYDVQQKDAVPdGhlcjENMAsGA1UEAwwEZXZpbDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABB/ChVUNIEp8xWZf26gX0COb3vRGTm867VV+oscuws4X+RvdrvyXxfRoeD/7WTNxY95JY4E1GVLHowbmovLPEoqjgaowgacwZQYDVR0RBF4wXIY5aHR0cHM6Ly9ldmlsLmV4YW1wbGUvYSwgVVJJOmh0dHBzOi8vY2xpZW50LmV4YW1wbGUuY29tL2lkgg0qLmV4YW1wbGUuY29tgRBldmlsQGV4YW1wbGUuY29tMB0GA1UdDgQWBBS+oC3e1EkbmVgFOmuieiv36eGVOzAfBgNVHSMEGDAWgBQ/hgNNhWWIS5xoWMjKc2fCr1pLdTAKBggqhkjOPQQDAgNIADBFAiEA1bDVotWZtd60eIFY0uala3/wL5NRQ1ZXm1uvDk//RMYCIFIT/qgKjCimL3MMOuHDAJa+ql5zspd7I2gTIaRdapom',
  /** signed by itself, CN=own */
  own:
    'MIIBczCCARmgAwIBAgIUHWnxJom6/4q2n8cPpyOwBWUMQrgwCgYIKoZIzj0EAwIwDjEMMAoGA1UEAwwDb3duMCAXDTI2MTEyMjE4MTQxOFoYDzIxMjYxMDI5MTgxNDE4WjAOMQwwCgYDVQQDDANvd24wWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAS49ikaEMmEdPIbcWHaN9M3vfTID5sRM9jcJqDrM2Fh2zkG8WyqclKsQyQ1Tu8B75HiaflW/GXCHhO6ujm/zqCIo1MwUTAdBgNVHQ4EFgQURLUJsCYUP17la6s2A6/b+DNy/AEwHwYDVR0jBBgwFoAURLUJsCYUP17la6s2A6/b+DNy/AEwDwYDVR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNIADBFAiEAt1VDob2xDDFst5glVVkZBgF3sOIZssKlKnhl1tDTbwICIHHQb3u9gSr/toEVx46MjAHVYX5q67yimOq94cqHMMna',
  /** the same name, another key */
  other:
    'MIIBdDCCARmgAwIBAgIUFs6+4Mv5gbvedZMlyrn5QXk2v+QwCgYIKoZIzj0EAwIwDjEMMAoGA1UEAwwDb3duMCAXDTI2MTEyMjE4MTQxOFoYDzIxMjYxMDI5MTgxNDE4WjAOMQwwCgYDVQQDDANvd24wWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAQ22dzqsywhz5wdyWN4R+Z5Ov08TW6IwyJtXJdnOBrNFNANnUei0azSk46HiIHc920TuPVFHA2NLwKEqncq+H3ko1MwUTAdBgNVHQ4EFgQU/4pYYrfzNIKIvYDyn7Wr2+qocVwwHwYDVR0jBBgwFoAU/4pYYrfzNIKIvYDyn7Wr2+qocVwwDwYDVR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNJADBGAiEArDwIatFJuFNirNdoFMtRWmDyj0P6assuv2qIS8W4bDoCIQChwuhrImEvZAsZaavGxNDVTm1EdNUpDNxtn/hJTEL4KA==',
} as const

export type CertificateName = keyof typeof CERTIFICATES

/** As nginx writes it into a header (`$ssl_client_escaped_cert`). */
export function escapedPem(name: CertificateName): string {
  return encodeURIComponent(new X509Certificate(Buffer.from(CERTIFICATES[name], 'base64')).toString())
}

/** RFC 9440 section 2.1. */
export const byteSequence = (name: CertificateName): string => `:${CERTIFICATES[name]}:`

/** The JSON Web Key of a certificate, with the certificate (RFC 7517 section 4.7). */
export function certifiedKey(name: CertificateName): Record<string, unknown> {
  return { ...new X509Certificate(Buffer.from(CERTIFICATES[name], 'base64')).publicKey.export({ format: 'jwk' }), x5c: [CERTIFICATES[name]] }
}
