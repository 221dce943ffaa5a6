import type { EdgeAuthOptions } from './edge-auth.ts'
import type { Logger } from './json-logger.ts'

export interface GatewayTimeouts {
  /** A client must have sent its headers within this. */
  readonly requestHeadersMilliseconds: number
  /** A client must have sent its whole request, uploads included, within this. */
  readonly requestMilliseconds: number
  readonly upstreamConnectMilliseconds: number
  /** An upstream must have begun its answer within this, counted from the end of the request. */
  readonly upstreamResponseMilliseconds: number
  /** How long requests in flight may take to finish once the gateway closes. */
  readonly drainMilliseconds: number
}

export const DEFAULT_TIMEOUTS: GatewayTimeouts = {
  requestHeadersMilliseconds: 15_000,
  requestMilliseconds: 600_000,
  upstreamConnectMilliseconds: 5_000,
  upstreamResponseMilliseconds: 60_000,
  drainMilliseconds: 10_000,
}

export interface GatewayOptions {
  /** `127.0.0.1:3000`, `:3000` (every interface), `[::1]:3000`; port 0 lets the system choose. */
  readonly bind: string
  /** Origin of the Gatepost server, e.g. `http://127.0.0.1:8080`. */
  readonly gatepostUpstream: string
  /** Origin of the application. */
  readonly appUpstream: string
  /** Where Gatepost lives. Default `/auth`. */
  readonly basePath?: string
  /** The address in people's browsers; needed for edge authentication. */
  readonly publicUrl?: string
  /** Addresses and CIDR blocks of proxies in front whose `X-Forwarded-*` is believed. */
  readonly trustedProxies?: readonly string[]
  readonly edgeAuth?: EdgeAuthOptions
  readonly logger?: Logger
  readonly timeouts?: Partial<GatewayTimeouts>
}
