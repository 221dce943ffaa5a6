export interface Settings {
  readonly host: string
  readonly port: number
  /** The origin people see, scheme to port, without a slash at the end. */
  readonly publicOrigin: string
  /** Where Gatepost's pages are on that origin, e.g. `/auth`; empty when it owns the whole host. */
  readonly basePath: string
  /** The token's `iss`: public origin + base path. */
  readonly issuer: string
  readonly cookiePrefix: string
  /** Where this process fetches the keys: straight from the server when GATEPOST_URL is set. */
  readonly jwksUrl: string
}

/** @throws TypeError when PUBLIC_URL is not a URL. */
export function readSettings(env: NodeJS.ProcessEnv): Settings {
  const publicOrigin = new URL(env['PUBLIC_URL'] ?? 'http://localhost:3000').origin
  const basePath = (env['BASE_PATH'] ?? '/auth').replace(/\/+$/, '')
  const gatepostUrl = (env['GATEPOST_URL'] ?? publicOrigin).replace(/\/+$/, '')
  return {
    host: env['HOST'] ?? '127.0.0.1',
    port: Number(env['PORT'] ?? 8000),
    publicOrigin,
    basePath,
    issuer: `${publicOrigin}${basePath}`,
    cookiePrefix: env['COOKIE_PREFIX'] ?? 'gatepost',
    jwksUrl: `${gatepostUrl}${basePath}/.well-known/jwks.json`,
  }
}
