/** Owns: the public keys that verify our tokens (RFC 7517), at their well-known address. Does not own: making or rotating them. */
import type { FastifyInstance } from 'fastify'
import type { Keys } from '../../services/keys/index.ts'
import { JWKS_MAX_AGE_SECONDS } from '../../services/keys/index.ts'

export function mountWellKnown(listener: FastifyInstance, deps: { basePath: string; keys: Keys }): void {
  const url = `${deps.basePath}/.well-known/jwks.json`
  listener.get(url, async (_request, reply) => {
    const jwks = await deps.keys.jwks()
    return reply.header('cache-control', `public, max-age=${JWKS_MAX_AGE_SECONDS}`).type('application/jwk-set+json').send(JSON.stringify(jwks))
  })
}
