export interface IssuerAddress {
  readonly isHttps: boolean
  /** Path of the issuer without a slash at the end; '' at the root. */
  readonly basePath: string
  readonly withoutSlash: string
  readonly jwksUrl: string
}

/** @throws TypeError when `issuer` is not an http(s) URL. */
export function readIssuer(issuer: string): IssuerAddress {
  const url = URL.canParse(issuer) ? new URL(issuer) : undefined
  if (url === undefined || !['http:', 'https:'].includes(url.protocol)) throw new TypeError(`issuer is not an http(s) URL: ${issuer}`)
  const withoutSlash = issuer.replace(/\/+$/, '')
  return { isHttps: url.protocol === 'https:', basePath: url.pathname.replace(/\/+$/, ''), withoutSlash, jwksUrl: `${withoutSlash}/.well-known/jwks.json` }
}
