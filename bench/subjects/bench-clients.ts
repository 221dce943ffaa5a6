/** Clients of the provider rows, at oidc-provider alone and at Gatepost. */
export const BENCH_SCOPE = 'orders:read'
export const BENCH_RESOURCE = 'https://orders.bench.example'
export const BENCH_CALLBACK = 'https://shop.bench.example/callback'

/** Its access tokens are JWTs. */
export const BARE_CLIENT = { id: 'machine', secret: 'c1b7d6f0a94e4f5c8f4f0e6a5c2d3b1a9e8f7d6c' }
export const BARE_OPAQUE_CLIENT = { id: 'opaque', secret: 'a9e8f7d6c1b7d6f0a94e4f5c8f4f0e6a5c2d3b1a' }
