/**
 * The gateway: one origin for Gatepost and an application on one machine.
 * Owns: which upstream a path belongs to, what an upstream is told about the client, and authentication at the edge. Does not own: TLS,
 * compression, load balancing (put a full reverse proxy in front for these). Spec: RFC 9110, RFC 9112, RFC 6455.
 */
export type { EdgeAuthOptions } from './edge-auth.ts'
export type { GatewayOptions, GatewayTimeouts } from './gateway-options.ts'
export { DEFAULT_TIMEOUTS } from './gateway-options.ts'
export { gatewayOptionsFromEnv, type ParsedGatewayOptions } from './gateway-options-from-env.ts'
export { createJsonLogger, type Logger } from './json-logger.ts'
export { startGateway, type Gateway } from './start-gateway.ts'
