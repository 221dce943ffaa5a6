import { browsableUrl, parseBindAddress } from './bind-address.ts'
import type { GatewayOptions } from './gateway-options.ts'
import { isAddressBlock } from './trusted-proxies.ts'

type Environment = Readonly<Record<string, string | undefined>>

export type ParsedGatewayOptions =
  | { readonly ok: true; readonly options: GatewayOptions }
  | { readonly ok: false; readonly problems: readonly string[] }

const EDGE_AUTH_MODES = ['off', 'optional', 'required'] as const

/** Reads the gateway's variables; an empty one counts as absent. All problems are named at once, each with what would be right. */
export function gatewayOptionsFromEnv(env: Environment): ParsedGatewayOptions {
  const problems: string[] = []
  const read = (name: string, fallback: string): string => env[name]?.trim() || fallback
  const refuse = (name: string, expectation: string): void => {
    problems.push(`${name}=${JSON.stringify(env[name])} is not valid: ${expectation}`)
  }
  const readOrigin = (name: string, fallback: string): string => {
    const origin = parseOrigin(read(name, fallback))
    if (origin === undefined) refuse(name, 'expected an http or https origin without path, e.g. http://127.0.0.1:8080')
    return origin ?? fallback
  }

  const bind = read('GATEWAY_BIND', '127.0.0.1:3000')
  const address = parseBindAddress(bind)
  if (address === undefined) refuse('GATEWAY_BIND', 'expected address:port, e.g. 127.0.0.1:3000, :3000 or [::1]:3000')

  const gatepostUpstream = readOrigin('GATEPOST_UPSTREAM', 'http://127.0.0.1:8080')
  const appUpstream = readOrigin('APP_UPSTREAM', 'http://127.0.0.1:8000')
  for (const [name, upstream] of [['GATEPOST_UPSTREAM', gatepostUpstream], ['APP_UPSTREAM', appUpstream]] as const) {
    if (address === undefined || !sameLoopback(upstream, browsableUrl(address, address.port))) continue
    problems.push(`${name}=${JSON.stringify(upstream)} is the gateway itself (GATEWAY_BIND=${bind}): requests would go round in circles`)
  }

  const basePath = read('BASE_PATH', '/auth')
  if (!/^\/(?:[A-Za-z0-9_~-]+(?:\/[A-Za-z0-9_~-]+)*)?$/.test(basePath)) {
    refuse('BASE_PATH', 'expected a path such as /auth, without a slash at its end')
  }

  const trustedProxies = read('GATEWAY_TRUSTED_PROXIES', '').split(',').map((block) => block.trim()).filter((block) => block !== '')
  const strangeBlocks = trustedProxies.filter((block) => !isAddressBlock(block))
  if (strangeBlocks.length > 0) {
    refuse('GATEWAY_TRUSTED_PROXIES', `expected addresses or CIDR blocks separated by commas, not ${strangeBlocks.join(', ')}`)
  }

  const mode = EDGE_AUTH_MODES.find((known) => known === read('GATEWAY_EDGE_AUTH', 'off'))
  if (mode === undefined) refuse('GATEWAY_EDGE_AUTH', 'expected off, optional or required')

  const publicUrl = env['PUBLIC_URL']?.trim() ? readOrigin('PUBLIC_URL', 'http://localhost:3000') : undefined
  if (mode !== undefined && mode !== 'off' && publicUrl === undefined) {
    problems.push(`PUBLIC_URL is missing: GATEWAY_EDGE_AUTH=${mode} needs the address people open, e.g. https://example.com`)
  }

  const cookiePrefix = read('COOKIE_PREFIX', 'gatepost')
  if (!/^[A-Za-z0-9_-]+$/.test(cookiePrefix)) refuse('COOKIE_PREFIX', 'expected letters, digits, hyphens and underscores')

  if (problems.length > 0 || mode === undefined) return { ok: false, problems }
  const edgeAuth = mode === 'off' ? { mode } : { mode, cookiePrefix }
  return {
    ok: true,
    options: { bind, gatepostUpstream, appUpstream, basePath, trustedProxies, edgeAuth, ...(publicUrl !== undefined && { publicUrl }) },
  }
}

function parseOrigin(text: string): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined || !['http:', 'https:'].includes(url.protocol)) return undefined
  const isPlain = url.pathname === '/' && url.search === '' && url.hash === '' && url.username === '' && url.password === ''
  return isPlain ? url.origin : undefined
}

function sameLoopback(first: string, second: string): boolean {
  const fold = (text: string): string => new URL(text.replace(/\/\/(?:127\.0\.0\.1|\[::1\])/, '//localhost')).host
  return fold(first) === fold(second)
}
